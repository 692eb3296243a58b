"""While developing, mail goes to files; this page shows them. It does not exist when DEBUG is off."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

SHOWN = 20
READ_AT_MOST = 5_000_000


def is_there() -> bool:
    """Whether mail goes to files of this machine and may be shown to whoever looks."""
    return settings.DEBUG and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


@dataclass(frozen=True, slots=True)
class Shown:
    """One mail as this page shows it."""

    to: str
    subject: str
    date: str
    text: str


def newest(folder: Path, count: int = SHOWN) -> list[Shown]:
    """The newest mails in the files of Django's file back end, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    mails: list[Shown] = []
    for file in files:
        if len(mails) >= count:
            break
        mails.extend(reversed(_mails_in(file)))
    return mails[:count]


def _mails_in(file: Path) -> list[Shown]:
    """Every mail of one file; the back end writes a line of 79 dashes after each."""
    with file.open("rb") as opened:
        parts = opened.read(READ_AT_MOST).split(b"\n" + b"-" * 79 + b"\n")
    return [_shown(part) for part in parts if part.strip()]


def _shown(source: bytes) -> Shown:
    message = email.message_from_bytes(source.lstrip(b"\n"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy says so
    body = message.get_body(("plain",))
    return Shown(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=body.get_content() if body else "",
    )


@never_cache
def dev_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails on this machine."""
    if not is_there():
        raise Http404
    folder = Path(settings.EMAIL_FILE_PATH)
    return render(request, "accounts/dev_mail.html", {"mails": newest(folder) if folder.is_dir() else []})
