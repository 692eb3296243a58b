"""Whether a file is what it says: judged by its content, not by its name. Pure."""

import hashlib
import warnings
from pathlib import Path

from PIL import Image

from lms.core.files import FILM, MAX_BYTES, MEGABYTE, OTHERS, SOUND, is_what_it_says

MAX_PIXELS = 64_000_000
MAX_DOWNLOAD_BYTES = 2000 * MEGABYTE
IMAGES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "GIF": (".gif",), "WEBP": (".webp",)}
ENDINGS = {"audio": SOUND, "video": FILM, "captions": (".vtt",), "download": (*OTHERS, *SOUND, *FILM)}


def problem(path: Path, kind: str) -> str:
    """A sentence about a file that cannot be used as `kind` (image, audio, video, captions, download); "" if it can."""
    size, limit = path.stat().st_size, MAX_BYTES.get(kind, MAX_DOWNLOAD_BYTES)
    if not size:
        return "The file is empty."
    if size > limit:
        return f"The file has {size / MEGABYTE:.1f} MB; {limit // MEGABYTE} MB fit."
    if kind == "image":
        return _image_problem(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS[kind]:
        return f"A file for {kind} ends in {' or '.join(ENDINGS[kind])}; this one in “{ending}”."
    with path.open("rb") as file:
        if is_what_it_says(file, ending):
            return ""
    if kind == "captions":
        return "This is not WebVTT: its first line must be WEBVTT."
    return f"The file is named {ending}, but its content is something else."


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
