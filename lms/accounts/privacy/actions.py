"""What a person does about where they are signed in, and about what is kept of them."""

from datetime import datetime
from typing import IO

from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log

from lms.accounts.models import BrowserSession, User
from lms.accounts.privacy.export import archive, write_archive
from lms.accounts.privacy.rules import device
from lms.accounts.sessions import SIGNED_IN


def remember_device(request: HttpRequest) -> None:
    """Note in the session that has just begun when it began and with what: words, no address."""
    browser, system = device(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SIGNED_IN] = {"at": timezone.now().isoformat(), "browser": browser, "system": system}


def end_session(user: User, key: str) -> None:
    """Sign the person out there. Ending one that has ended changes nothing."""
    BrowserSession.objects.filter(user=user, session_key=key).delete()


def end_other_sessions(user: User, *, keep: str | None) -> int:
    """Sign the person out everywhere but in the session with the key `keep`. How many it was."""
    return BrowserSession.objects.filter(user=user).exclude(session_key=keep or "").delete()[0]


def take_own_data(user: User, *, now: datetime) -> IO[bytes]:
    """All that is kept of the person, as a ZIP to be read. That they took it is logged."""
    file = archive(user, now=now)
    log(user, "accounts.own_data", user=user)
    return file


def write_own_data(user: User, file: IO[bytes], *, now: datetime) -> None:
    """The same, by an operator, into an open file."""
    write_archive(user, file, now=now)
    log(user, "accounts.own_data", user=None)
