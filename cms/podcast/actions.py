"""People's own addresses of the podcast: making, taking back, noting that one was used."""

from django.db import transaction
from django.utils import timezone

from cms.models import FeedAddress
from lms.accounts.models import User
from lms.core.tokens import digest, new_token


@transaction.atomic
def make_address(user: User) -> str:
    """A new address for a person: its token, which is kept nowhere. The one they had stops at once."""
    # Lock the person first: there may be no address to lock yet, and two may be made at once.
    User.objects.select_for_update().get(pk=user.pk)
    now = timezone.now()
    FeedAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    token = new_token()
    FeedAddress.objects.create(user=user, token_digest=digest(token), made_at=now)
    return token


def revoke_address(user: User) -> bool:
    """Take a person's address back. False, and nothing changed, where they had none."""
    taken = FeedAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    return bool(taken)


def note_use(address: FeedAddress) -> None:
    """Remember the day it was last used: one statement on the first use of a day, none after it."""
    today = timezone.localdate()
    if address.last_used_on != today:
        FeedAddress.objects.filter(pk=address.pk).exclude(last_used_on=today).update(last_used_on=today)
