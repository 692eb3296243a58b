"""Many at once: the last place, the last of a company, one offer. And what happens when the lock is taken away."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from lms.accounts.models import Company, User
from lms.events.actions import Refused, accept_offer, cancel, move_up, register
from lms.events.actions.moving import locked
from lms.events.models import Event, Registration
from lms.notifications.models import Message
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.events import EventFactory, person, registration
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

MANY = 50
READ = 'FROM "events_registration"'
"""Statements that read registrations."""

COUNTED = 'AS "queued_at" FROM'
"""The one of them by which who gives out places counts what is taken."""


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event is read, and not locked."""
    if ONE_WRITER:
        pytest.skip("SQLite lets one transaction in at a time, lock or no lock")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, *args, **kwargs: queryset)


def states(event: Event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def meeting(*calls: Callable[[], Any], after: str = READ, alone: bool = True) -> list[Any]:
    """All at once, meeting where each has read what is taken and none has given out a place."""
    return at_once(*calls, after=after, alone=alone)


def rush(event: Event, company: Company | None = None, *, many: int = MANY, alone: bool = True) -> list[Any]:
    """Many people, each asking for a place of their own."""

    def asks(user: User) -> Callable[[], Any]:
        return lambda: register(event, [person(user)], by=user, company=company, token=uuid.uuid4())

    people = [User(email=f"many{number}@example.org", full_name=f"One of many {number}") for number in range(many)]
    return meeting(*[asks(user) for user in User.objects.bulk_create(people)], alone=alone)


def test_of_many_who_want_the_last_place_one_has_it_and_nobody_is_lost():
    event = EventFactory(capacity=1)
    results = rush(event)
    assert not [one for one in results if isinstance(one, Exception)]
    assert sorted(states(event)) == ["confirmed"] + ["waiting"] * (MANY - 1)
    first = Registration.objects.filter(event=event).order_by("queued_at", "pk").first()
    assert first.state == "confirmed", "the line is in the order in which they came to the lock"
    assert Message.objects.count() == MANY


def test_without_the_lock_many_have_the_last_place(unlocked):
    event = EventFactory(capacity=1)
    rush(event, many=5, alone=False)
    assert states(event) == ["confirmed"] * 5


def test_of_many_of_a_company_who_want_its_last_place_one_has_it_and_the_others_are_told():
    event, company = EventFactory(per_company=1), CompanyFactory()
    results = rush(event, company)
    assert states(event) == ["confirmed"]
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == MANY - 1
    assert {one.field for one in refused} == {"people"}


def test_without_the_lock_a_company_sends_more_than_it_may(unlocked):
    event = EventFactory(per_company=1)
    rush(event, CompanyFactory(), many=5, alone=False)
    assert states(event) == ["confirmed"] * 5


def test_the_same_form_twice_at_once_is_one_order():
    event, user, token = EventFactory(), UserFactory(), uuid.uuid4()
    found = [person(user)]
    results = meeting(*[lambda: register(event, found, by=user, company=None, token=token)] * 2)
    assert results[0] == results[1]
    assert states(event) == ["confirmed"]


# --- One offer -------------------------------------------------------------------------------------------------------


def offer() -> tuple[Event, Registration, Registration]:
    """An event with one place, offered to somebody, and the next in line."""
    event = EventFactory(capacity=1)
    gone, offered, next_one = (registration(event) for _ in range(3))
    cancel(gone)
    offered.refresh_from_db()
    return event, offered, next_one


def test_an_offer_taken_twice_at_once_is_taken_once():
    event, offered, _next = offer()
    results = meeting(*[lambda: accept_offer(offered.order)] * 2)
    assert sorted(len(one) for one in results) == [0, 1]
    offered.refresh_from_db()
    assert (offered.state, offered.turn) == ("confirmed", 2)
    assert states(event) == ["cancelled", "confirmed", "waiting"]


def test_without_the_lock_it_is_taken_twice(unlocked):
    _event, offered, _next = offer()
    results = meeting(*[lambda: accept_offer(offered.order)] * 2, alone=False)
    assert [len(one) for one in results] == [1, 1]


def taken_in_the_last_second(*, alone: bool) -> tuple[Event, Any, Any]:
    """The sweep ends the offer while somebody takes it."""
    event, offered, _next = offer()
    until = offered.offered_until
    assert until
    taking, sweeping = meeting(
        lambda: accept_offer(offered.order, now=until - timedelta(seconds=1)),
        lambda: move_up(event.pk, now=until),
        alone=alone,
    )
    return event, taking, sweeping


def test_an_offer_is_taken_or_runs_out_and_never_both():
    event, taking, sweeping = taken_in_the_last_second(alone=True)
    if isinstance(taking, Refused):
        assert states(event) == ["cancelled", "declined", "offered"]
    else:
        assert sweeping == []
        assert states(event) == ["cancelled", "confirmed", "waiting"]


def test_without_the_lock_it_is_taken_and_goes_to_the_next(unlocked):
    _event, taking, sweeping = taken_in_the_last_second(alone=False)
    assert len(taking) == len(sweeping) == 1


# --- Places that come from two sides ---------------------------------------------------------------------------------


def given_up_and_raised(*, alone: bool) -> Event:
    """Somebody gives up the one place while an organiser adds a second. Two people wait."""
    event = EventFactory(capacity=1)
    first, _second, _third = (registration(event) for _ in range(3))

    @transaction.atomic
    def raised() -> None:
        found = locked(event.pk)
        found.capacity = 2
        found.save(update_fields=["capacity"])
        move_up(event.pk)

    results = meeting(lambda: cancel(first), raised, after=COUNTED, alone=alone)
    assert not [one for one in results if isinstance(one, Exception)]
    return event


def test_a_place_given_up_and_a_place_added_at_once_are_two_places():
    event = given_up_and_raised(alone=True)
    assert states(event) == ["cancelled", "offered", "offered"]


def test_without_the_lock_both_are_offered_to_the_same_person(unlocked):
    event = given_up_and_raised(alone=False)
    assert states(event) == ["cancelled", "offered", "waiting"]
