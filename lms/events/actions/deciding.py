"""What organisers answer: who gets a place, who does not, and when the line is left. Each answer stands in the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.events.actions.moving import Refused, locked, move
from lms.events.actions.queue import fill, offer
from lms.events.models import Event, Order, Registration
from lms.events.rules import ENDS_BY_CANCELLING, UNDECIDED, Cause, RegistrationState, next_offers
from lms.events.selectors import taken_places


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of several: those it was done for, and of each other one the sentence that says why not."""

    done: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, str]] = field(default_factory=list)


@transaction.atomic
def approve(registrations: Sequence[Registration], *, by: User, now: datetime | None = None) -> Answered:
    """Say yes to requests at one event. Whoever is next and fits has a place; the others wait where they asked.

    Of people who come together all are approved at once, or none.
    """
    if not registrations:
        return Answered()
    event, rows = _locked_with(registrations)
    now = now or timezone.now()
    ready, refused = _sorted_out(event, rows, frozenset({RegistrationState.REQUESTED}))
    ready, too_many = _that_could_fit(event, ready)
    taken = taken_places(event)
    ids = {one.pk for one in ready}
    line = taken.line_with(ids)
    next_ones = next_offers([party for party, _members in line], taken.free)
    placed = ids & {pk for _party, members in line[: len(next_ones)] for pk in members}
    move([one for one in ready if one.pk in placed], RegistrationState.CONFIRMED, now=now)
    move([one for one in ready if one.pk not in placed], RegistrationState.WAITING, now=now)
    fill(event, now=now)
    _log(event, "events.approve", ready, by=by)
    return Answered(ready, refused + too_many)


@transaction.atomic
def decline(
    registrations: Sequence[Registration], *, by: User, reason: str = "", now: datetime | None = None
) -> Answered:
    """Say no to people who have no place yet. They read the reason in their mail. Together: all or none."""
    if not registrations:
        return Answered()
    event, rows = _locked_with(registrations)
    now = now or timezone.now()
    ready, refused = _sorted_out(event, rows, UNDECIDED)
    words = reason.strip()
    move(ready, RegistrationState.DECLINED, now=now, cause=Cause.BY_ORGANISER, reason=words)
    fill(event, now=now)
    _log(event, "events.decline", ready, by=by, reason=words)
    return Answered(ready, refused)


@transaction.atomic
def cancel_for(
    registrations: Sequence[Registration], *, by: User, reason: str = "", now: datetime | None = None
) -> Answered:
    """Take people out, whatever the deadline; who waits moves up. One of a group may go without the others."""
    if not registrations:
        return Answered()
    event, rows = _locked_with(registrations)
    now = now or timezone.now()
    ready = [one for one in rows if one.state in ENDS_BY_CANCELLING]
    refused = [(one, _not_now(one)) for one in rows if one.state not in ENDS_BY_CANCELLING]
    words = reason.strip()
    move(ready, RegistrationState.CANCELLED, now=now, cause=Cause.BY_ORGANISER, reason=words)
    fill(event, now=now)
    _log(event, "events.cancel_registrations", ready, by=by, reason=words)
    return Answered(ready, refused)


@transaction.atomic
def offer_out_of_turn(
    registration: Registration, *, by: User, reason: str, now: datetime | None = None
) -> list[Registration]:
    """Offer a free place to somebody who is not next; to their whole group, if they come together. Raises Refused.

    Others wait longer because of it, so it needs a reason, which the log keeps. Never over what the event holds.
    """
    words = reason.strip()
    if not words:
        raise Refused(
            _("Say why somebody goes before the others: the history keeps it. Nothing was changed."), "reason"
        )
    event, (chosen,) = _locked_with([registration])
    now = now or timezone.now()
    if chosen.state == RegistrationState.OFFERED:
        return []
    if chosen.state != RegistrationState.WAITING or _is_over(event, now):
        raise Refused(_not_now(chosen))
    waiting = _people(event).filter(order=chosen.order_id, state=RegistrationState.WAITING)
    group = list(waiting) if chosen.order.together else [chosen]
    free = taken_places(event).free
    if free is not None and len(group) > free:
        there = ngettext("%(free)s place is free", "%(free)s places are free", free) % {"free": free}
        sentence = _("%(name)s needs %(size)s, and %(there)s. Nothing was changed.")
        raise Refused(sentence % {"name": chosen.name, "size": len(group), "there": there})
    offered = offer(event, group, now=now)
    _log(event, "events.offer_out_of_turn", offered, by=by, reason=words)
    return offered


@transaction.atomic
def split(order: Order, *, by: User, now: datetime | None = None) -> Order:
    """Let each of a group have a place as it comes free; what was kept for them is offered. Again changes nothing."""
    event = locked(order.event_id)
    order = Order.objects.get(pk=order.pk)
    if order.together:
        order.together = False
        order.save(update_fields=["together"])
        _log(event, "events.split", list(order.registrations.all()), by=by)
        fill(event, now=now or timezone.now())
    return order


def cancel_everybody(event: Event, *, now: datetime) -> list[Registration]:
    """Whoever had, waited for or asked for a place at a cancelled event has none. The mail about the event says so.

    The caller holds the lock on the event and has cancelled it. Whoever was there already stays there.
    """
    people = list(_people(event).filter(state__in=sorted(ENDS_BY_CANCELLING)))
    return move(people, RegistrationState.CANCELLED, now=now, cause=Cause.EVENT_CANCELLED, tell=False)


# --- Sorting out -----------------------------------------------------------------------------------------------------


def _people(event: Event) -> QuerySet[Registration]:
    found = Registration.objects.filter(event=event).select_related("user", "company", "order__placed_by")
    return found.order_by("queued_at", "pk")


def _locked_with(registrations: Sequence[Registration]) -> tuple[Event, list[Registration]]:
    """The event of these registrations, locked, and they as they are now, in the order of the line."""
    event = locked(registrations[0].event_id)
    return event, list(_people(event).filter(pk__in=[one.pk for one in registrations]))


def _sorted_out(
    event: Event, rows: Iterable[Registration], states: frozenset[RegistrationState]
) -> tuple[list[Registration], list[tuple[Registration, str]]]:
    """Those in one of `states` of which no group is torn apart; and the others, each with why not."""
    rows = list(rows)
    if event.is_cancelled:
        return [], [(one, _("The event is cancelled.")) for one in rows]
    chosen = {one.pk for one in rows}
    groups = [one.order_id for one in rows if one.order.together]
    torn = set(
        Registration.objects.filter(order__in=groups, state__in=sorted(states))
        .exclude(pk__in=chosen)
        .values_list("order_id", flat=True)
    )
    ready, refused = [], []
    for one in rows:
        if one.state not in states:
            refused.append((one, _not_now(one)))
        elif one.order_id in torn:
            words = _("%(name)s comes together with others or not at all. Choose all of them, or split the group.")
            refused.append((one, words % {"name": one.name}))
        else:
            ready.append(one)
    return ready, refused


def _that_could_fit(
    event: Event, rows: list[Registration]
) -> tuple[list[Registration], list[tuple[Registration, str]]]:
    """Without groups that are larger than the event: they would stop the waiting line for good."""
    sizes: dict[int, int] = {}
    for one in rows:
        sizes[one.order_id] = sizes.get(one.order_id, 0) + 1
    large = {
        one.pk
        for one in rows
        if one.order.together and event.capacity is not None and sizes[one.order_id] > event.capacity
    }
    words = _("%(name)s is one of %(size)s who come together, and there are %(places)s places in all. Split the group.")
    return [one for one in rows if one.pk not in large], [
        (one, words % {"name": one.name, "size": sizes[one.order_id], "places": event.capacity})
        for one in rows
        if one.pk in large
    ]


def _is_over(event: Event, now: datetime) -> bool:
    return event.is_cancelled or bool(event.ends_at and now >= event.ends_at)


def _not_now(one: Registration) -> str:
    words = _("%(name)s: “%(state)s” by now, so this cannot be done.")
    return words % {"name": one.name, "state": one.get_state_display()}


def _log(event: Event, action: str, people: list[Registration], *, by: User, reason: str = "") -> None:
    """One line of history on the event for one answer, however many people it was about."""
    if people:
        log(event, action, user=by, data={"registrations": [one.pk for one in people], "reason": reason})
