"""While developing, mail goes to files; this page shows them. It does not exist when DEBUG is off."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
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
    sent: datetime


def newest(folder: Path, count: int = SHOWN) -> list[Shown]:
    """The newest mails in the files of Django's file back end, newest first by the date they bear.

    Twice as many files are read: the clock of a file system is coarse, and gives one time to several.
    """
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[: 2 * count]
    mails = [mail for file in files for mail in reversed(_mails_in(file))]
    return sorted(mails, key=lambda mail: mail.sent, reverse=True)[:count]


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
        sent=_time_of(str(message["Date"] or "")),
    )


def _time_of(date: str) -> datetime:
    """The time a Date header states; long ago when it states none."""
    try:
        time = parsedate_to_datetime(date)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


@never_cache
def dev_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails on this machine."""
    if not is_there():
        raise Http404
    folder = Path(settings.EMAIL_FILE_PATH)
    return render(request, "accounts/dev_mail.html", {"mails": newest(folder) if folder.is_dir() else []})
