"""Files that learners send: what they may be, and where they are kept. Outside media, under names nobody can guess.

Nothing here opens a picture or unpacks an archive; only who may answer the evidence gets the file, as a download.
"""

import os
import unicodedata
import uuid
import zipfile
from contextlib import suppress
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image

from cms.library import files as library
from lms.core.files import MEGABYTE, PICTURES, is_what_it_says

MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 64_000_000
LONGEST_NAME = 200
FOLDER = "evidence"
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".txt": "text/plain",
}
"""What may be sent, by the ending of its name, and what it is sent on as."""


def problem(file: UploadedFile) -> str:
    """What is wrong with a file, as a sentence with the remedy; empty when all is well. Leaves it at its beginning."""
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in TYPES:
        return _("Send it as PDF, Word (docx), PNG, JPEG, WebP or plain text: other kinds cannot be taken here.")
    if file.size and file.size > MAX_BYTES:
        return _("The file has %(size)s; %(limit)s fit. Save it smaller, or send the pages that matter.") % {
            "size": filesizeformat(file.size),
            "limit": filesizeformat(MAX_BYTES),
        }
    if ending not in PICTURES:
        return library.read(file).problem or (_word_problem(file) if ending == ".docx" else "")
    if not file.size:
        return _("The file is empty: 0 bytes came. Save it again, and choose it anew.")
    if not is_what_it_says(file, ending):  # type: ignore[arg-type]
        return _(
            "The file is named “%(ending)s”, but what is in it is something else. Save it again in the format its"
            " name says, and choose it anew."
        ) % {"ending": ending}
    return "" if ending == ".webp" else _picture_problem(file)  # a WebP cannot be large: its format ends at 16,383


def _word_problem(file: UploadedFile) -> str:
    """The list of an archive's parts is read, never a part."""
    try:
        with zipfile.ZipFile(file) as archive:
            known = "word/document.xml" in archive.namelist()
    except Exception:  # broken archives raise anything
        known = False
    finally:
        file.seek(0)
    return "" if known else _("This is no Word document, or it is broken. Save it again as docx or PDF.")


def _picture_problem(file: UploadedFile) -> str:
    """How large a picture would be is read from its head; it is not opened."""
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as picture:
            fits = picture.width * picture.height <= MAX_PIXELS
    except Exception:  # broken ones raise anything; far too large ones a warning or an error of Pillow's
        fits = False
    finally:
        file.seek(0)
    return (
        "" if fits else _("The picture is broken, or far too large to be opened. Save it smaller, and choose it anew.")
    )


def shown_name(name: str) -> str:
    """A file's name as it may be shown and sent: its last part, without what would reorder or break a line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if unicodedata.category(one)[0] != "C").strip()
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem.strip()[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending.lower()}"


def keep(file: UploadedFile) -> str:
    """Write the file below PRIVATE_ROOT, and return its path from there. Whoever calls removes it if it goes unused."""
    path = f"{FOLDER}/{uuid.uuid4().hex}"
    place = Path(settings.PRIVATE_ROOT) / path
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for part in file.chunks():
            kept.write(part)
    return path


def place_of(path: str) -> Path | None:
    """Where a kept file is; None when it is not there."""
    root = (Path(settings.PRIVATE_ROOT) / FOLDER).resolve()
    place = (Path(settings.PRIVATE_ROOT) / path).resolve()
    return place if path and place.parent == root and place.is_file() else None


def remove(path: str) -> None:
    """Removing what is gone changes nothing."""
    if place := place_of(path):
        with suppress(FileNotFoundError):
            place.unlink()


def same(one: str, other: str) -> bool:
    """Whether two kept files have the same content, or neither is there."""
    first, second = place_of(one), place_of(other)
    if first is None or second is None:
        return first is second
    return first.stat().st_size == second.stat().st_size and first.read_bytes() == second.read_bytes()


def type_of(name: str) -> str:
    """What a file is sent on as, by its name."""
    return TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
