"""The waiting line: places that come free are offered from its head on, for a time; nobody overtakes anybody."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.events.actions.moving import Refused, locked, move
from lms.events.models import Event, Order, Registration
from lms.events.rules import Cause, RegistrationState, free_places, next_offers
from lms.events.selectors import events_to_move_up, taken_places

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
    return offer(event, people, now=now)


def offer(event: Event, people: Iterable[Registration], *, now: datetime) -> list[Registration]:
    """Offer these people places that are free, for the event's hours, but not beyond its beginning."""
    until = now + timedelta(hours=event.offer_hours)
    if event.starts_at:
        until = max(min(until, event.starts_at), now + STAYS_OPEN)
    return move(people, RegistrationState.OFFERED, now=now, offered_until=until)


@transaction.atomic
def move_up(event_id: int, *, now: datetime | None = None) -> list[Registration]:
    """End the offers that ran out and offer what is free. Doing it again changes nothing.

    Whoever raises an event's places calls it; the sweep comes after whoever forgot.
    """
    event = locked(event_id)
    now = now or timezone.now()
    over = Registration.objects.filter(event=event, state=RegistrationState.OFFERED, offered_until__lte=now)
    move(
        list(over.select_related("user", "order__placed_by")),
        RegistrationState.DECLINED,
        now=now,
        cause=Cause.OFFER_RAN_OUT,
    )
    return fill(event, now=now)


def end_offers(*, now: datetime | None = None) -> None:
    """At every event with an offer that ran out, or places free for who waits: move up. One bad event stops none."""
    now = now or timezone.now()
    failed = []
    for event_id in events_to_move_up(now):
        try:
            move_up(event_id, now=now)
        except Exception:
            logger.exception("nobody moved up: event=%s", event_id)
            failed.append(event_id)
    if failed:
        raise RuntimeError(f"nobody moved up at events {failed}")


@transaction.atomic
def accept_offer(
    order: Order, *, only: Collection[int] | None = None, now: datetime | None = None
) -> list[Registration]:
    """Take the places that the people of this order are offered. Doing it again changes nothing. Raises Refused.

    `only`: those with these ids. Of people who come together, all take theirs.
    """
    event = locked(order.event_id)
    now = now or timezone.now()
    if event.is_cancelled:
        raise Refused(_("This event is cancelled, so there are no places any more."))
    asked = _of(order, only)
    offered = [one for one in asked if one.state == RegistrationState.OFFERED]
    if in_time := [one for one in offered if one.offered_until and one.offered_until > now]:
        return move(in_time, RegistrationState.CONFIRMED, now=now)
    ended = [one for one in asked if one.state == RegistrationState.CONFIRMED or one.cause == Cause.OFFER_RAN_OUT]
    last = max(ended, key=lambda one: one.state_since, default=None)
    if offered or (last and last.cause == Cause.OFFER_RAN_OUT):
        raise Refused(_("The time to take this place is over. It goes to the next in line; you can register anew."))
    if last is None:
        raise Refused(_("Nobody here is offered a place just now. Nothing was changed."))
    return []


@transaction.atomic
def decline_offer(
    order: Order, *, only: Collection[int] | None = None, now: datetime | None = None
) -> list[Registration]:
    """Leave the offered places to the next in line. Doing it again changes nothing. `only`: as in `accept_offer`."""
    event = locked(order.event_id)
    now = now or timezone.now()
    offered = [one for one in _of(order, only) if one.state == RegistrationState.OFFERED]
    left = move(offered, RegistrationState.CANCELLED, now=now, cause=Cause.BY_THEM)
    fill(event, now=now)
    return left


def _of(order: Order, only: Collection[int] | None) -> list[Registration]:
    found = list(Registration.objects.filter(order=order).select_related("user", "order__placed_by"))
    if only is None or any(one.order.together for one in found):
        return found
    return [one for one in found if one.pk in only]
