"""Whatever happens in whatever order: never over, never unfair, nobody lost. On the rules, and on the real actions."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lms.accounts.models import Company, User
from lms.events.actions import (
    Refused,
    accept_offer,
    approve,
    cancel,
    decline_offer,
    end_offers,
    move_up,
    register,
    split,
)
from lms.events.models import Event, Order, Registration
from lms.events.rules import ACTIVE, HOLDING, Limits, Party, free_places, next_offers, room_for
from lms.notifications.models import Message
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.events import EventFactory, person

COMPANIES = 3


@dataclass
class Asked:
    """A party in the model: when it asked, how many, of which company, where it stands."""

    turn: int
    size: int
    company: int
    state: str

    @property
    def party(self) -> Party:
        return Party((self.turn,), self.size)


class Line(RuleBasedStateMachine):
    """An event whose places are given out by the rules alone."""

    def __init__(self) -> None:
        super().__init__()
        self.capacity: int | None = 4
        self.per_company = 5
        self.parties: list[Asked] = []
        self.refused = 0
        self.most = 4

    def holding(self) -> int:
        return sum(one.size for one in self.parties if one.state in HOLDING)

    def waiting(self) -> list[Asked]:
        return [one for one in self.parties if one.state == "waiting"]

    def fill(self) -> None:
        chosen = next_offers([one.party for one in self.waiting()], free_places(self.capacity, self.holding()))
        turns = {party.order[0] for party in chosen}
        left = [one.turn for one in self.waiting() if one.turn not in turns]
        assert not turns or not left or max(turns) < min(left), "somebody overtook"
        for one in self.waiting():
            if one.turn in turns:
                one.state = "offered"

    def some(self, state: str, which: int) -> Asked | None:
        found = [one for one in self.parties if one.state == state]
        return found[which % len(found)] if found else None

    @rule(size=st.integers(1, 3), company=st.integers(0, COMPANIES - 1))
    def ask(self, size: int, company: int) -> None:
        of_company = sum(one.size for one in self.parties if one.company == company and one.state in ACTIVE)
        waiting = sum(one.size for one in self.waiting())
        limits = Limits(self.capacity, self.per_company)
        room = room_for(limits, holding=self.holding(), waiting=waiting, of_company=of_company)
        if room.company is not None and size > room.company:
            self.refused += 1
            return
        assert not waiting or not room.places, "somebody new overtook who waits"
        state = "confirmed" if room.places is None or size <= room.places else "waiting"
        self.parties.append(Asked(len(self.parties) + self.refused, size, company, state))

    @rule(which=st.integers(0, 9), state=st.sampled_from(["confirmed", "waiting", "offered"]))
    def leave(self, which: int, state: str) -> None:
        if one := self.some(state, which):
            one.state = "cancelled"
            self.fill()

    @rule(which=st.integers(0, 9))
    def shrink(self, which: int) -> None:
        if (one := self.some("waiting", which)) and one.size > 1:
            one.size -= 1
            self.fill()

    @rule(which=st.integers(0, 9))
    def take(self, which: int) -> None:
        if one := self.some("offered", which):
            one.state = "confirmed"

    @rule(which=st.integers(0, 9))
    def run_out(self, which: int) -> None:
        if one := self.some("offered", which):
            one.state = "declined"
            self.fill()

    @rule(capacity=st.one_of(st.none(), st.integers(0, 8)))
    def resize(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.fill()

    @invariant()
    def never_over_but_for_what_was_taken_away(self) -> None:
        # A smaller event takes nothing from anybody; it gives nothing either, so the number only falls.
        self.most = max(self.capacity, min(self.most, self.holding())) if self.capacity is not None else 10**6
        assert self.holding() <= self.most

    @invariant()
    def never_over_the_cap(self) -> None:
        for company in range(COMPANIES):
            people = sum(one.size for one in self.parties if one.company == company and one.state in ACTIVE)
            assert people <= self.per_company

    @invariant()
    def the_head_waits_only_for_room(self) -> None:
        free = free_places(self.capacity, self.holding())
        if line := self.waiting():
            assert free is not None
            assert min(line, key=lambda one: one.turn).size > free


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=60, stateful_step_count=30)


@given(st.lists(st.integers(1, 5), max_size=8), st.integers(0, 12))
def test_nobody_is_offered_a_place_before_an_earlier_party_that_waits(sizes, free):
    line = [Party((turn,), size) for turn, size in enumerate(sizes)]
    chosen = next_offers(line, free)
    assert chosen == line[: len(chosen)]
    assert sum(party.size for party in chosen) <= free
    assert len(chosen) == len(line) or sum(party.size for party in line[: len(chosen) + 1]) > free


# --- The real actions, in any order ----------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["ask", "ask", "ask", "group", "cancel", "cancel", "take", "leave", "run out", "resize", "approve", "split"]
        ),
        st.integers(0, 6),
    ),
    min_size=4,
    max_size=12,
)


class Story:
    """One event, the people who ask for places at it, and what they asked for."""

    def __init__(self, *, approval: bool) -> None:
        self.event = EventFactory(capacity=2, per_company=4, approval=approval)
        self.by: User = UserFactory()
        self.companies: list[Company] = CompanyFactory.create_batch(2)
        self.now: datetime = timezone.now()
        self.asked = 0
        self.most = 2

    def rows(self, *states: str) -> list[Registration]:
        rows = Registration.objects.filter(event=self.event).select_related("order").order_by("queued_at", "pk")
        return list(rows.filter(state__in=states) if states else rows)

    def ask(self, number: int, *, people: int, together: bool) -> None:
        company = self.companies[number % 2]
        some = [person() for _ in range(people)]
        order = register(
            self.event, some, by=self.by, company=company, token=uuid.uuid4(), together=together, now=self.now
        )
        assert order.registrations.count() == people
        self.asked += people

    def step(self, what: str, number: int) -> None:
        """One thing that somebody does; what is refused changes nothing."""
        self.now += timedelta(minutes=7)
        states = {"cancel": sorted(ACTIVE), "take": ["offered"], "leave": ["offered"], "approve": ["requested"]}
        chosen = self.rows(*states.get(what, []))
        one = chosen[number % len(chosen)] if chosen else None
        match what:
            case "ask":
                self.ask(number, people=1, together=False)
            case "group":
                self.ask(number, people=2 + number % 2, together=number % 3 > 0)
            case "cancel" if one:
                cancel(one, now=self.now)
            case "take" if one:
                accept_offer(one.order, now=self.now)
            case "leave" if one:
                decline_offer(one.order, now=self.now)
            case "run out":
                self.now += timedelta(hours=25)
                end_offers(now=self.now)
            case "resize":
                Event.objects.filter(pk=self.event.pk).update(capacity=number)
                move_up(self.event.pk, now=self.now)
            case "approve" if one:
                approve([each for each in chosen if each.order_id == one.order_id], by=self.by, now=self.now)
            case "split" if one:
                split(one.order, by=self.by, now=self.now)
        self.event.refresh_from_db()

    def check(self) -> None:
        """Never over, never over the cap, nobody lost, the head of the line waits only for room, all told once."""
        rows = self.rows()
        holding = sum(one.state in HOLDING for one in rows)
        self.most = max(self.event.capacity or 0, min(self.most, holding))
        assert holding <= self.most
        assert len(rows) == self.asked
        for company in self.companies:
            assert sum(one.state in ACTIVE and one.company_id == company.pk for one in rows) <= 4
        parties: dict[int, list[Registration]] = {}
        for one in rows:
            if one.state == "waiting":
                parties.setdefault(one.order_id if one.order.together else -one.pk, []).append(one)
        if head := next(iter(parties.values()), None):
            assert len(head) > max(0, (self.event.capacity or 0) - holding)
        told = Message.objects.filter(kind="events.registration").values_list("subject", flat=True)
        assert len(told) == len(set(told))
        assert {f"registration:{one.pk}:{one.turn}" for one in rows if one.turn} <= set(told)
        assert all((one.offered_until is not None) == (one.state == "offered") for one in rows)
        together = [one for one in rows if one.order.together]
        for order in {one.order_id for one in together}:
            states = {one.state for one in together if one.order_id == order} - {"cancelled"}
            assert len(states) <= 1, "a group stands together"


@pytest.mark.django_db
@settings(max_examples=12)
@given(steps=STEPS, approval=st.booleans())
def test_the_actions_keep_it_whatever_happens(steps, approval, db):
    with transaction.atomic():
        story = Story(approval=approval)
        for number in range(4):
            story.step("ask", number)
        for what, number in steps:
            before = Order.objects.count()
            try:
                story.step(what, number)
            except Refused:
                assert Order.objects.count() == before
            story.check()
        transaction.set_rollback(True)
