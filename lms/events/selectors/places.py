"""What is taken at one event: read once, under the lock, by whoever gives out places."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lms.events.models import Event, Registration
from lms.events.rules import (
    ACTIVE,
    HOLDING,
    EventStatus,
    Limits,
    Party,
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


def taken_places(event: Event) -> TakenPlaces:
    """One query. Whoever is to rely on it holds the lock on the event."""
    rows = Registration.objects.filter(event=event).order_by("queued_at", "pk").values_list(
        "pk", "state", "email", "user_id", "company_id", "fee", "order_id", "order__together", "order__token",
        "order__placed_by_id", "queued_at",
    )  # fmt: skip
    return TakenPlaces(Limits(event.capacity, event.per_company), tuple(Taken(*row) for row in rows))


def events_to_move_up(now: datetime) -> list[int]:
    """Events with an offer that ran out, and those to come with people waiting while places are free."""
    over = Registration.objects.filter(state=RegistrationState.OFFERED, offered_until__lte=now)
    waiting = Registration.objects.filter(event=OuterRef("pk"), state=RegistrationState.WAITING)
    ahead = Event.objects.exclude(status=EventStatus.CANCELLED).filter(Q(ends_at=None) | Q(ends_at__gt=now))
    room = Q(capacity=None) | Q(capacity__gt=F("holding"))
    free = with_places(ahead.filter(Exists(waiting))).filter(room)
    return sorted({*over.values_list("event_id", flat=True), *free.values_list("pk", flat=True)})
