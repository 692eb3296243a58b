"""A person's own data as a ZIP: one JSON per part, and the files they sent. Written row by row."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.accounts.privacy.own_data import Part, Upload, parts

IN_MEMORY = 5 * 1024 * 1024
AT_ONCE = 500


def archive(user: User, *, now: datetime) -> IO[bytes]:
    """The ZIP, ready to be read: in memory while it is small."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever gets it closes it
    write_archive(user, file, now=now)
    file.seek(0)
    return file


def write_archive(user: User, file: IO[bytes], *, now: datetime) -> None:
    missing: list[str] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part in parts():
            uploads = list(_write_rows(archive, part, user))
            for number, upload in enumerate(uploads, start=1):
                name = f"{part.name}/{number}-{_safe(upload.name)}"
                if upload.path and upload.path.is_file():
                    archive.write(upload.path, name)
                else:
                    missing.append(name)
        archive.writestr("README.txt", _read_me(user, missing, now=now))


def _write_rows(archive: ZipFile, part: Part, user: User) -> Iterator[Upload]:
    """Write one part as a list, and give the files its rows are about."""
    with archive.open(f"{part.name}.json", "w") as entry:
        before = "["
        for row in part.found(user).iterator(chunk_size=AT_ONCE):
            text = json.dumps(part.told(row), cls=Lenient, ensure_ascii=False, indent=2)
            entry.write(f"{before}\n{text}".encode(errors="backslashreplace"))
            before = ","
            if part.uploads:
                yield from part.uploads(row)
        entry.write(b"[]\n" if before == "[" else b"\n]\n")


class Lenient(DjangoJSONEncoder):
    """Also sentences that wait for a language."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def _safe(name: str) -> str:
    """A name that is a file's on any system: no folders, nothing a shell or a person stumbles over."""
    try:
        return get_valid_filename(Path(name.replace("\\", "/")).name)[-100:]
    except ValueError:  # nothing of it is left
        return "file"


def _read_me(user: User, missing: list[str], *, now: datetime) -> str:
    lines = [
        _("What Landfall keeps of %(name)s (%(email)s), as of %(when)s.")
        % {"name": user, "email": user.email, "when": now.isoformat(timespec="minutes")},
        "",
        *(f"{part.name}.json: {part.label}." + (f" {part.stays}" if part.stays else "") for part in parts()),
        "",
        _("Passwords, codes and links that open something are kept as digests or locked, and are not in here."),
    ]
    if missing:
        lines += ["", _("These files were not found on the server; write to the people who run it:"), *missing]
    return "\n".join(lines) + "\n"
