"""People's own calendar addresses: making, taking back, noting that one was used."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import User
from lms.core.tokens import digest, new_token
from lms.events.models import CalendarAddress


@transaction.atomic
def make_address(user: User, *, now: datetime | None = None) -> str:
    """A new address for a person: its token, which is kept nowhere. The one they had stops at once."""
    now = now or timezone.now()
    # Lock the person first: there may be no address to lock yet, and two may be made at once.
    User.objects.select_for_update().get(pk=user.pk)
    CalendarAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    token = new_token()
    CalendarAddress.objects.create(user=user, token_digest=digest(token), made_at=now)
    return token


def revoke_address(user: User, *, now: datetime | None = None) -> bool:
    """Take a person's address back. False, and nothing changed, where they had none."""
    now = now or timezone.now()
    return bool(CalendarAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=now))


def note_fetch(address: CalendarAddress, version: str, *, now: datetime) -> datetime:
    """Since when the feed has been as it is, in whole seconds: later for each version than for the one before.

    Remembers that, and the day the address was last used: one statement where either is new, none otherwise.
    """
    today, since = timezone.localdate(now), address.version_since
    if address.version != version or since is None:
        second = now.replace(microsecond=0)
        since = second if since is None else max(second, since + timedelta(seconds=1))
    elif address.last_used_on == today:
        return since
    CalendarAddress.objects.filter(pk=address.pk).update(version=version, version_since=since, last_used_on=today)
    return since
