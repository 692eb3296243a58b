"""Whether a file is what it says: judged by its content, not by its name. Pure."""

import hashlib
import warnings
from pathlib import Path

from PIL import Image

MAX_PIXELS = 64_000_000
MEGABYTE = 1024 * 1024
MAX_BYTES = {"image": 10 * MEGABYTE, "captions": 2 * MEGABYTE, "audio": 500 * MEGABYTE}
MAX_OTHER_BYTES = 2000 * MEGABYTE
IMAGES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "GIF": (".gif",), "WEBP": (".webp",)}
ENDINGS = {
    "audio": (".mp3", ".m4a"),
    "video": (".mp4",),
    "captions": (".vtt",),
    "download": (".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".csv", ".txt", ".md", ".vtt", ".mp3", ".m4a", ".mp4"),
}
_TEXTS = (".csv", ".txt", ".md", ".vtt")
_ARCHIVES = (".docx", ".xlsx", ".pptx", ".zip")


def problem(path: Path, kind: str) -> str:
    """A sentence about a file that cannot be used as `kind` (image, audio, video, captions, download); "" if it can."""
    size, limit = path.stat().st_size, MAX_BYTES.get(kind, MAX_OTHER_BYTES)
    if not size:
        return "The file is empty."
    if size > limit:
        return f"The file has {size / MEGABYTE:.1f} MB; {limit // MEGABYTE} MB fit."
    if kind == "image":
        return _image_problem(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS[kind]:
        return f"A file for {kind} ends in {' or '.join(ENDINGS[kind])}; this one in “{ending}”."
    if kind == "captions" and not _begins(path).lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "This is not WebVTT: its first line must be WEBVTT."
    return "" if _is(path, ending) else f"The file is named {ending}, but its content is something else."


def digest(path: Path) -> str:
    """SHA-1 of the content in hex, as Wagtail keeps it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()


def _image_problem(path: Path) -> str:
    endings = [ending for known in IMAGES.values() for ending in known]
    if path.suffix.lower() not in endings:
        return f"An image ends in {', '.join(endings)}; this one in “{path.suffix.lower()}”. Save it as PNG or JPEG."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(IMAGES)) as image:
                form, (width, height) = str(image.format), image.size
                if width * height > MAX_PIXELS:
                    return f"The image has {width:,} × {height:,} pixels; {MAX_PIXELS:,} fit. Save it smaller."
                image.verify()
    except Image.DecompressionBombError:
        return f"The image has too many pixels; {MAX_PIXELS:,} fit. Save it smaller."
    except Exception:  # Pillow's readers raise anything on broken files
        return "The file is not an image we can read, or it is broken. Save it again as PNG or JPEG."
    if path.suffix.lower() not in IMAGES[form]:
        return f"The file is named {path.suffix.lower()}, but it is {form}. Name it {IMAGES[form][0]}."
    return ""


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _is(path: Path, ending: str) -> bool:
    start = _begins(path)
    if ending == ".pdf":
        return start.startswith(b"%PDF-")
    if ending in _ARCHIVES:
        return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if ending == ".mp3":
        return start.startswith(b"ID3") or (start[0] == 0xFF and len(start) > 1 and start[1] & 0xE0 == 0xE0)
    if ending in (".m4a", ".mp4"):
        return start[4:8] == b"ftyp"
    return _is_text(path)


def _is_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while part := file.read(MEGABYTE):
                if "\0" in part:
                    return False
    except UnicodeDecodeError:
        return False
    return True
