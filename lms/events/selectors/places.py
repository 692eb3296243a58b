"""What is taken at one event: read once, under the lock, by whoever gives out places."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from lms.events.models import Event, Registration, SessionChoice
from lms.events.rules import (
    ACTIVE,
    HOLDING,
    EventStatus,
    Limits,
    Party,
    Price,
    RegistrationState,
    Room,
    free_places,
    room_for,
)
from lms.events.selectors.events import with_places


@dataclass(frozen=True, slots=True)
class Taken:
    """One registration, as far as it matters for places."""

    id: int
    state: str
    email: str
    user: int | None
    company: int | None
    fee: int
    order: int
    together: bool
    token: UUID
    placed_by: int
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class TakenPlaces:
    """Every registration of an event, and what follows from them."""

    limits: Limits
    all: tuple[Taken, ...]

    @property
    def active(self) -> list[Taken]:
        return [one for one in self.all if one.state in ACTIVE]

    @property
    def holding(self) -> int:
        return sum(one.state in HOLDING for one in self.all)

    @property
    def waiting(self) -> list[Taken]:
        return [one for one in self.all if one.state == RegistrationState.WAITING]

    @property
    def offered(self) -> list[Taken]:
        return [one for one in self.all if one.state == RegistrationState.OFFERED]

    def of_company(self, company: int | None) -> list[Taken]:
        """The active registrations of a company, in whichever order they came."""
        return [one for one in self.active if company is not None and one.company == company]

    def room(self, company: int | None) -> Room:
        """What somebody of this company finds who asks now."""
        return room_for(
            self.limits, holding=self.holding, waiting=len(self.waiting), of_company=len(self.of_company(company))
        )

    @property
    def free(self) -> int | None:
        """Places nobody has, whoever waits for them. None: no limit."""
        return free_places(self.limits.capacity, self.holding)

    @property
    def line(self) -> list[tuple[Party, list[int]]]:
        """The waiting line, head first: each party with the ids of its registrations."""
        return self.line_with(frozenset())

    def line_with(self, more: Collection[int]) -> list[tuple[Party, list[int]]]:
        """The line as it is once the registrations with the ids `more` stand in it, each where it asked."""
        parties: dict[tuple[int, int], list[Taken]] = {}
        for one in self.all:
            if one.state != RegistrationState.WAITING and one.id not in more:
                continue
            parties.setdefault((one.order, 0 if one.together else one.id), []).append(one)
        found = [
            (
                Party(
                    (int(min(m.queued_at for m in members).timestamp() * 1_000_000), min(m.id for m in members)),
                    len(members),
                ),
                [member.id for member in members],
            )
            for members in parties.values()
        ]
        return sorted(found, key=lambda pair: pair[0].order)


TAKEN = (
    "pk", "state", "email", "user_id", "company_id", "fee", "order_id", "order__together", "order__token",
    "order__placed_by_id", "queued_at",
)  # fmt: skip


def taken_places(event: Event) -> TakenPlaces:
    """One query. Whoever is to rely on it holds the lock on the event."""
    rows = Registration.objects.filter(event=event).order_by("queued_at", "pk").values_list(*TAKEN)
    return TakenPlaces(Limits(event.capacity, event.per_company), tuple(Taken(*row) for row in rows))


def numbers_in_line(events: Collection[int]) -> dict[int, int]:
    """The number in the waiting line of each who waits at these events, by registration. One query.

    Those who come together or not at all have one number, that of the first of them.
    """
    if not events:
        return {}
    waiting = Registration.objects.filter(event__in=events, state=RegistrationState.WAITING)
    rows = waiting.order_by("event_id", "queued_at", "pk").values_list("event_id", *TAKEN)
    numbers: dict[int, int] = {}
    for _event, its in groupby(rows, key=lambda row: row[0]):
        ahead = 0
        for party, members in TakenPlaces(Limits(), tuple(Taken(*row[1:]) for row in its)).line:
            numbers.update(dict.fromkeys(members, ahead + 1))
            ahead += party.size
    return numbers


@dataclass(frozen=True, slots=True)
class Counted:
    """How many places of an event are taken, how many wait, and how many of one company are registered."""

    holding: int
    waiting: int
    of_company: int


def counted(event: Event, company: int | None) -> Counted:
    """One query."""
    active = Registration.objects.filter(event=event, state__in=sorted(ACTIVE))
    found = active.aggregate(
        holding=Count("pk", filter=Q(state__in=sorted(HOLDING))),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        of_company=Count("pk", filter=Q(company=company) & Q(company__isnull=False)),
    )
    return Counted(**found)


def room_at(event: Event, found: Counted) -> Room:
    """What somebody finds who asks now, for a page: without the lock it is true until the next one asks."""
    limits = Limits(event.capacity, event.per_company)
    return room_for(limits, holding=found.holding, waiting=found.waiting, of_company=found.of_company)


def taken_sessions(event: Event, *, besides: int | None = None) -> dict[int, int]:
    """How many chose each session of parallel tracks, those in line among them. One query.

    `besides` is a registration whose own choices do not count.
    """
    chosen = SessionChoice.objects.filter(session__event=event, registration__state__in=sorted(ACTIVE))
    if besides is not None:
        chosen = chosen.exclude(registration=besides)
    return dict(chosen.order_by().values_list("session").annotate(people=Count("pk")))


def prices_of(event: Event) -> dict[str, Price]:
    """What companies pay, by their kind; all others under the empty kind. One query, none once they are known."""
    return {fee.company_kind: Price(fee.amount, fee.each) for fee in event.fees.all()}


def events_to_move_up(now: datetime) -> list[int]:
    """Events with an offer that ran out, and those to come with people waiting while places are free."""
    over = Registration.objects.filter(state=RegistrationState.OFFERED, offered_until__lte=now)
    waiting = Registration.objects.filter(event=OuterRef("pk"), state=RegistrationState.WAITING)
    ahead = Event.objects.exclude(status=EventStatus.CANCELLED).filter(Q(ends_at=None) | Q(ends_at__gt=now))
    room = Q(capacity=None) | Q(capacity__gt=F("holding"))
    free = with_places(ahead.filter(Exists(waiting))).filter(room)
    return sorted({*over.values_list("event_id", flat=True), *free.values_list("pk", flat=True)})
