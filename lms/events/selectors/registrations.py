"""Whose registrations somebody sees and may change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipRole, MembershipState
from lms.events.models import Event, Order, Registration
from lms.events.rules import ACTIVE, RegistrationState
from lms.events.selectors.places import numbers_in_line


def registrations_of(user: User) -> QuerySet[Registration]:
    """A person's own registrations, whoever placed them."""
    return Registration.objects.filter(user=user).select_related("event", "order")


def registrations_changeable_by(user: User) -> QuerySet[Registration]:
    """Those a person may change or cancel: their own, those they placed, and those of a company they administer."""
    administered = Membership.objects.filter(user=user, state=MembershipState.ACTIVE, role=MembershipRole.ADMIN)
    mine = Q(user=user) | Q(order__placed_by=user) | Q(company__in=administered.values("company"))
    return Registration.objects.filter(mine).select_related("event", "order", "company")


def orders_answerable_by(user: User) -> QuerySet[Order]:
    """Orders whose offers a person may take or leave: with somebody in them whom they may change."""
    return Order.objects.filter(pk__in=registrations_changeable_by(user).order_by().values("order"))


@dataclass(frozen=True, slots=True)
class Coming:
    """A registration, and its number in the waiting line if it waits."""

    registration: Registration
    number: int | None = None

    @property
    def is_offered(self) -> bool:
        return self.registration.state == RegistrationState.OFFERED

    @property
    def is_active(self) -> bool:
        return self.registration.state in ACTIVE


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """One event of a person's: where they stand themselves, and the colleagues they registered."""

    event: Event
    own: tuple[Coming, ...]
    colleagues: tuple[Coming, ...]

    @property
    def all(self) -> tuple[Coming, ...]:
        return self.own + self.colleagues


def own_and_placed(user: User, event: Event) -> list[Coming]:
    """At one event: the person's own registrations and those they placed, the ones that count first. Three queries."""
    mine = Registration.objects.filter(Q(user=user) | Q(order__placed_by=user), event=event)
    found = list(mine.select_related("order").prefetch_related("choices").order_by("-queued_at", "-pk"))
    for one in found:
        one.event = event
    return _with_numbers(sorted(found, key=lambda one: one.state not in ACTIVE))


def events_of(user: User, *, now: datetime) -> tuple[list[OwnEvent], list[OwnEvent]]:
    """What is to come, the next first, and what has been, the latest first. Two queries.

    With the person's own registrations and those they placed. An event without a date is still to come.
    """
    mine = Registration.objects.filter(Q(user=user) | Q(order__placed_by=user)).select_related("event", "order")
    by_event: dict[int, list[Coming]] = {}
    for one in _with_numbers(list(mine.order_by("queued_at", "pk"))):
        by_event.setdefault(one.registration.event_id, []).append(one)
    found = [_own_event(user, its) for its in by_event.values()]
    coming = [one for one in found if one.event.ends_at is None or one.event.ends_at > now]
    past = [one for one in found if one.event.ends_at is not None and one.event.ends_at <= now]
    coming.sort(key=lambda one: one.event.starts_at.timestamp() if one.event.starts_at else float("inf"))
    past.sort(key=lambda one: one.event.ends_at.timestamp() if one.event.ends_at else 0, reverse=True)
    return coming, past


def _own_event(user: User, its: list[Coming]) -> OwnEvent:
    """Of each person only what counts: a place given up is left out where they have registered again."""
    latest = {one.registration.email: one for one in sorted(its, key=lambda one: one.is_active)}
    own = tuple(one for one in latest.values() if one.registration.user_id == user.pk)
    others = tuple(one for one in latest.values() if one.registration.user_id != user.pk)
    return OwnEvent(its[0].registration.event, own, others)


def _with_numbers(found: Sequence[Registration]) -> list[Coming]:
    numbers = numbers_in_line({one.event_id for one in found if one.state == RegistrationState.WAITING})
    return [Coming(one, numbers.get(one.pk)) for one in found]


def active_people(event: Event) -> int:
    """How many come, wait or have asked."""
    return Registration.objects.filter(event=event, state__in=sorted(ACTIVE)).count()
