"""Which letters the bytes of a file mean. Pure."""

import codecs

from django.utils.translation import gettext as _

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks at the very start that say how the rest is written; the longer before the one it begins with."""

NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: Excel's and LibreOffice's of today, Excel's of before 2007."""

LETTERS_OF_1252 = frozenset("æøåÆØÅäöÄÖüÜßéÉèÈêÊëËàÀáÁâÂóÓòÒôÔíÍïÏîÎúÚùÙûçÇñÑðÐþÞýÝ\u00a0")
"""What must be all there is beyond ASCII for Windows-1252 to be taken as meant."""


class Unreadable(Exception):
    """Nobody can say what the bytes mean; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding was guessed.

    UTF-8 with or without its mark, UTF-16 with or without: these show by themselves. Bytes that are none of them are
    what Excel writes on Windows (Windows-1252), what it writes on a Mac, or something older. They are read as
    Windows-1252 only when everything beyond ASCII then is a letter that names here are written with: the same bytes
    of a Mac (æ is ¾ then) or of DOS (æ is ‘ then) do not pass. A text in Windows' encoding for central Europe may
    pass with a wrong letter (ř as ø), so whoever shows the rows says that the letters were guessed.
    """
    if data.startswith(NOT_TEXT):
        raise Unreadable(
            _("This is a workbook, not a CSV file. Open it, choose “Save as”, then “CSV UTF-8”, and send that file.")
        )
    if not data.strip():
        raise Unreadable(_("The file is empty. Choose another, or save it again from your spreadsheet."))
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), False
    if encoding := _utf_16_without_mark(data):
        return _strictly(data, encoding), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return _windows_1252(data), True


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown() from None


def _utf_16_without_mark(data: bytes) -> str:
    """A header is nearly all ASCII, so in UTF-16 every second byte of the first twenty is zero."""
    start = data[:20]
    if len(start) < 4 or len(data) % 2:
        return ""
    if not any(start[1::2]) and all(start[::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(start[::2]) and all(start[1::2]) else ""


def _windows_1252(data: bytes) -> str:
    text = _strictly(data, "cp1252")
    if not {character for character in set(text) if character > "\x7f"} <= LETTERS_OF_1252:
        raise _unknown()
    return text


def _unknown() -> Unreadable:
    return Unreadable(
        _("It is not certain which letters this file means. Open it, choose “Save as” and “CSV UTF-8”, and send that.")
    )
