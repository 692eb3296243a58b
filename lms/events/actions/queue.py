"""The waiting line: places that come free are offered from its head on, for a time; nobody overtakes anybody."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.events.actions.moving import Refused, locked, move
from lms.events.models import Event, Order, Registration
from lms.events.rules import Cause, RegistrationState, free_places, next_offers
from lms.events.selectors import taken_places

logger = logging.getLogger(__name__)
STAYS_OPEN = timedelta(minutes=10)
"""The least time an offer lasts, however soon the event begins."""


def fill(event: Event, *, now: datetime) -> list[Registration]:
    """Offer what is free to the head of the line. The caller holds the lock on the event."""
    if event.is_cancelled or (event.ends_at and now >= event.ends_at):
        return []
    taken = taken_places(event)
    line = taken.line
    chosen = next_offers([party for party, _ids in line], free_places(event.capacity, taken.holding))
    ids = [pk for _party, members in line[: len(chosen)] for pk in members]
    if not ids:
        return []
    people = Registration.objects.filter(pk__in=ids).select_related("user", "order__placed_by")
    until = now + timedelta(hours=event.offer_hours)
    if event.starts_at:
        until = max(min(until, event.starts_at), now + STAYS_OPEN)
    return move(list(people), RegistrationState.OFFERED, now=now, offered_until=until)


@transaction.atomic
def move_up(event_id: int, *, now: datetime | None = None) -> list[Registration]:
    """End the offers that ran out and offer what is free. Doing it again changes nothing."""
    now = now or timezone.now()
    event = locked(event_id)
    over = Registration.objects.filter(event=event, state=RegistrationState.OFFERED, offered_until__lte=now)
    move(
        list(over.select_related("user", "order__placed_by")),
        RegistrationState.DECLINED,
        now=now,
        cause=Cause.OFFER_RAN_OUT,
    )
    return fill(event, now=now)


def end_offers(*, now: datetime | None = None) -> None:
    """Of every event with an offer that ran out: end it and offer the place to the next. One bad event stops none."""
    now = now or timezone.now()
    over = Registration.objects.filter(state=RegistrationState.OFFERED, offered_until__lte=now)
    failed = []
    for event_id in sorted(set(over.values_list("event_id", flat=True))):
        try:
            move_up(event_id, now=now)
        except Exception:
            logger.exception("offers not ended: event=%s", event_id)
            failed.append(event_id)
    if failed:
        raise RuntimeError(f"offers not ended for events {failed}")


@transaction.atomic
def accept_offer(order: Order, *, now: datetime | None = None) -> list[Registration]:
    """Take the places that the people of this order are offered. Doing it again changes nothing. Raises Refused."""
    now = now or timezone.now()
    event = locked(order.event_id)
    offered = _offered(order)
    if event.is_cancelled or any(one.offered_until and one.offered_until <= now for one in offered):
        raise Refused(_("The time to take this place is over. It goes to the next in line."))
    if not offered and not order.registrations.filter(state=RegistrationState.CONFIRMED).exists():
        raise Refused(_("Nobody here is offered a place just now. Nothing was changed."))
    return move(offered, RegistrationState.CONFIRMED, now=now)


@transaction.atomic
def decline_offer(order: Order, *, now: datetime | None = None) -> list[Registration]:
    """Leave the offered places to the next in line. Doing it again changes nothing."""
    now = now or timezone.now()
    event = locked(order.event_id)
    left = move(_offered(order), RegistrationState.CANCELLED, now=now, cause=Cause.BY_THEM)
    fill(event, now=now)
    return left


def _offered(order: Order) -> list[Registration]:
    found = Registration.objects.filter(order=order, state=RegistrationState.OFFERED)
    return list(found.select_related("user", "order__placed_by"))
