"""What an uploaded file is, judged by content and read from it: kind, length, pages. Never typed, never trusted."""

import threading
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, BinaryIO

import pypdfium2
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from mutagen.mp3 import MPEGInfo
from mutagen.mp4 import Atoms, MP4Info

from lms.core.files import FILM, MAX_BYTES, OTHERS, SOUND, is_what_it_says

READING_PDF = threading.Lock()
"""PDFium serves one thread at a time in a process: whoever calls it holds this."""
MAX_READS, MAX_READ = 200_000, 1024 * 1024
"""How often and how much at once an MP4 is read: far more than a long film needs, too little to fill memory."""
MAX_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself. `media_type` is empty for what is not sound, film or PDF; `duration` in seconds.

    With a `problem`, a sentence that ends with the remedy, there is nothing else.
    """

    media_type: str = ""
    duration: int | None = None
    pages: int | None = None
    problem: str = ""


def read(file: File) -> Facts:
    """Look into a file; only what is needed of it is read, however large it is. Leaves it at its beginning."""
    ending = PurePath(file.name or "").suffix.lower()
    problem = _outside_problem(ending, file.size)
    if problem:
        return Facts(problem=problem)
    content: Any = file
    try:
        if not is_what_it_says(content, ending):
            return Facts(problem=_other_content(ending))
        if ending in READERS:
            return READERS[ending](content)
        return Facts()
    finally:
        file.seek(0)


def _outside_problem(ending: str, size: int) -> str:
    known = (*SOUND, *FILM, *OTHERS)
    if ending not in known:
        names = ", ".join(name.removeprefix(".").upper() for name in known)
        return _("A file that ends in “%(ending)s” cannot be used here. Save it as one of: %(names)s.") % {
            "ending": ending,
            "names": names,
        }
    if not size:
        return _("The file is empty: 0 bytes came. Save it again, and choose it anew.")
    kind = "audio" if ending in SOUND else "video" if ending in FILM else "document"
    if size > MAX_BYTES[kind]:
        return _("The file has %(size)s; %(limit)s fit. Save it smaller, or give a link instead.") % {
            "size": filesizeformat(size),
            "limit": filesizeformat(MAX_BYTES[kind]),
        }
    return ""


def _other_content(ending: str) -> str:
    if ending == ".vtt":
        return _("This is not WebVTT: its first line must be WEBVTT. Save the captions again as WebVTT.")
    return _(
        "The file is named “%(ending)s”, but what is in it is something else. Save it again in the format its"
        " name says, and choose it anew."
    ) % {"ending": ending}


def _read_mp3(file: BinaryIO) -> Facts:
    try:
        info = MPEGInfo(file)
        length = 0 if info.sketchy else info.length
    except Exception:  # mutagen's readers raise anything on broken files
        length = 0
    return _recording("audio/mpeg", length)


def _read_mp4(file: BinaryIO) -> Facts:
    sparingly = _Sparingly(file)
    try:
        atoms = Atoms(sparingly)
        handlers = [track[b"mdia", b"hdlr"] for track in atoms[b"moov"].findall(b"trak")]
        tracks = {handler.read(sparingly)[1][8:12] for handler in handlers}
        info = MP4Info()
        info.load(atoms, sparingly)
        length = info.length if tracks & {b"soun", b"vide"} else 0
    except Exception:  # as above
        length, tracks = 0, set()
    return _recording("video/mp4" if b"vide" in tracks else "audio/mp4", length)


def _read_m4a(file: BinaryIO) -> Facts:
    facts = _read_mp4(file)  # pictures of chapters may be a track of their own: sound it is all the same
    return facts if facts.problem else replace(facts, media_type="audio/mp4")


class _Sparingly:
    """A file of which an MP4 reader gets only so much."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.reads = file, 0
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > MAX_READS or not 0 <= size <= MAX_READ:
            raise ValueError
        return self.file.read(size)


def _recording(media_type: str, length: float) -> Facts:
    if not 1 <= length <= MAX_SECONDS:
        return Facts(problem=_broken())
    return Facts(media_type=media_type, duration=round(length))


def _broken() -> str:
    return _(
        "The recording cannot be played: the file is broken, or not all of it came. Export it again as MP3 or MP4, play"
        " it once from beginning to end, and choose it anew."
    )


def _read_pdf(file: BinaryIO) -> Facts:
    try:
        with READING_PDF:
            document = pypdfium2.PdfDocument(file)
            try:
                pages = len(document)
            finally:
                document.close()
    except Exception:  # broken, or locked with a password
        pages = 0
    if not pages:
        return Facts(
            problem=_("The PDF cannot be opened: it is broken, or locked with a password. Save it again without one.")
        )
    return Facts(media_type="application/pdf", pages=pages)


READERS = {".mp3": _read_mp3, ".m4a": _read_m4a, ".mp4": _read_mp4, ".pdf": _read_pdf}
