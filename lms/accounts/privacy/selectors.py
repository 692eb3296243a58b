"""Where a person is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.models import BrowserSession, User
from lms.accounts.sessions import SessionStore
from lms.core.tokens import digest


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser somebody is signed in with. `reference` names it without being the key that opens it."""

    key: str
    reference: str
    device: str
    since: datetime | None
    is_this: bool


def sessions_of(user: User, this: str | None = None) -> list[SignedIn]:
    """The person's sessions that still hold, the one with the key `this` first, then the newest. One query."""
    now, right = timezone.now(), user.get_session_auth_hash()
    rows = BrowserSession.objects.filter(user=user, expire_date__gt=now).order_by("-signed_in_at", "session_key")
    found = [
        SignedIn(
            key=row.session_key,
            reference=digest(row.session_key),
            device=in_words(row.browser, row.system),
            since=row.signed_in_at,
            is_this=row.session_key == this,
        )
        for row in rows
        if SessionStore().decode(row.session_data).get(HASH_SESSION_KEY) == right
    ]
    return sorted(found, key=lambda one: not one.is_this)


def in_words(browser: str, system: str) -> str:
    """The device as its owner would call it."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")
