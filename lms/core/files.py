"""What a file is, judged by its content: its name only says what it claims to be. Pure."""

from typing import BinaryIO

MEGABYTE = 1024 * 1024
MAX_BYTES = {
    "image": 10 * MEGABYTE,
    "captions": 2 * MEGABYTE,
    "document": 100 * MEGABYTE,
    "audio": 500 * MEGABYTE,
    "video": 2000 * MEGABYTE,
}
SOUND = (".mp3", ".m4a")
FILM = (".mp4",)
ARCHIVES = (".docx", ".xlsx", ".pptx", ".zip")
TEXTS = (".csv", ".txt", ".md", ".vtt")
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
OTHERS = (".pdf", *ARCHIVES, *TEXTS)
"""Endings of what is neither sound, film nor picture."""


def is_what_it_says(file: BinaryIO, ending: str) -> bool:
    """Whether the content is of the kind that the ending, such as “.pdf”, claims. Leaves the file at its beginning.

    For sound and film only the first bytes are looked at: whether it can be played is for a reader of that kind.
    """
    file.seek(0)
    start = file.read(512)
    if ending == ".pdf":
        fits = start.startswith(b"%PDF-")
    elif ending in PICTURES:
        fits = _is_picture(start, ending)
    elif ending in ARCHIVES:
        fits = start.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    elif ending == ".mp3":
        fits = start.startswith(b"ID3") or (len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0)
    elif ending in SOUND + FILM:
        fits = start[4:8] == b"ftyp"
    elif ending == ".vtt":
        fits = start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") and _is_text(file)
    else:
        fits = _is_text(file)
    file.seek(0)
    return fits


def _is_picture(start: bytes, ending: str) -> bool:
    if ending == ".png":
        return start.startswith(b"\x89PNG\r\n\x1a\n")
    if ending == ".webp":
        return start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    return start.startswith(b"\xff\xd8\xff")


def _is_text(file: BinaryIO) -> bool:
    """Whether all of it is UTF-8 without NUL; read in parts, so that no large file sits in memory."""
    file.seek(0)
    rest = b""
    while part := file.read(MEGABYTE):
        if b"\0" in part:
            return False
        whole = rest + part
        try:
            whole.decode()
            rest = b""
        except UnicodeDecodeError as error:
            rest = whole[error.start :]
            if error.reason != "unexpected end of data" or len(rest) > 3:
                return False
    return not rest
