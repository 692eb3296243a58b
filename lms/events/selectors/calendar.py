"""People's calendars: whose address this is, and what their feed holds."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from lms.accounts.models import User
from lms.core.tokens import digest
from lms.events.models import CalendarAddress, Event, Registration
from lms.events.rules import ACTIVE, DONE, EventStatus

PAST_KEPT = timedelta(days=90)
"""How long after its end an event stays in a feed."""
CANCELLED_KEPT = timedelta(days=30)
"""How long a feed says that something is cancelled, so that every calendar that has it hears of it."""


def open_calendar_of(user: User) -> CalendarAddress | None:
    """The address a person has now."""
    return CalendarAddress.objects.filter(user=user, revoked_at=None).first()


def calendar_for(token: str) -> CalendarAddress | None:
    """Whose address this is; None for one that was taken back, and for people who may not sign in any more."""
    known = CalendarAddress.objects.filter(token_digest=digest(token), revoked_at=None, user__is_active=True)
    return known.select_related("user").first()


def registrations_in_calendar(user: User, *, now: datetime) -> list[Registration]:
    """A person's registrations as their feed has them: one for each event, with its event, sessions and choices.

    Events from 90 days back on; what was given up, declined or cancelled within the last 30 days, too. Three queries.
    """
    since = now - CANCELLED_KEPT
    off = Q(event__status=EventStatus.CANCELLED)
    goes = Q(state__in=sorted(ACTIVE)) & (~off | Q(event__changed_at__gte=since))
    went = Q(state__in=sorted(DONE), state_since__gte=since)
    found = (
        Registration.objects.filter(goes | went, user=user, event__ends_at__gte=now - PAST_KEPT)
        .select_related("event")
        .prefetch_related("event__sessions", "choices")
        .order_by("event__starts_at", "event_id", "state_since", "pk")
    )
    latest: dict[int, Registration] = {}
    for one in found:
        if one.state in ACTIVE or one.event_id not in latest or latest[one.event_id].state in DONE:
            latest[one.event_id] = one
    return list(latest.values())


def registration_at(event: Event, user: User | AnonymousUser) -> Registration | None:
    """How somebody stands at an event, with the sessions they chose; None for who is not registered."""
    if not isinstance(user, User):
        return None
    found = Registration.objects.filter(event=event, user=user, state__in=sorted(ACTIVE))
    return found.prefetch_related("choices").first()
