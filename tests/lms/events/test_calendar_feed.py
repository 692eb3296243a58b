"""A person's own feed over HTTP: what it holds, what a repeated request costs, when it stops."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.accounts.models import User
from lms.core.tokens import digest
from lms.events.actions import calendar as actions
from lms.events.actions import cancel, change
from lms.events.models import CalendarAddress, Event, Order, Registration, Session
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, at, person, registered
from tests.lms.events.reading import by_icalendar, statuses, times, titles, vevents

pytestmark = pytest.mark.django_db
NOW = at(2026, 3, 20, 12)
DAY = timedelta(days=1)


@pytest.fixture
def user() -> User:
    return UserFactory(full_name="Kari Eksempel")


@pytest.fixture
def address(user: User) -> str:
    return f"/calendar/{actions.make_address(user)}.ics"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def event_at(start: Any, **fields: Any) -> Event:
    fields = {"title": "Who pays", "changed_at": NOW - DAY, **fields}
    return EventFactory(sessions=[{"starts_at": start, "ends_at": start + timedelta(hours=2)}], **fields)


def going(user: User, event: Event, *, state: str = "confirmed", since: Any = None, **fields: Any) -> Registration:
    """A registration as it is after whatever happened, without its rules in the way."""
    one = coming(user, Order.objects.create(event=event, placed_by=user), state=state, **fields)
    one.state_since = since or NOW - DAY
    one.save()
    return one


def coming(user: User, order: Order, *, state: str = "confirmed", **fields: Any) -> Registration:
    return Registration(
        order=order, event=order.event, user=user, name=user.full_name, email=user.email, state=state,
        state_since=NOW - DAY, join_key=f"key-{order.event_id}-{order.pk}",
        offered_until=NOW + DAY if state == "offered" else None, **fields,
    )  # fmt: skip


def get(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers=headers)


# --- What it holds ---------------------------------------------------------------------------------------------------


def test_it_holds_what_the_person_is_registered_at_and_nothing_else(user: User, address: str) -> None:
    going(user, event_at(NOW + DAY, title="Mine"))
    going(UserFactory(), event_at(NOW + DAY, title="Another’s"))
    event_at(NOW + DAY, title="Nobody’s")
    answer = get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(answer.content) == ["Mine"]
    assert by_icalendar(answer.content)["X-WR-CALNAME"] == "Landfall: events of Kari Eksempel"


def test_it_is_empty_before_there_is_anything(address: str) -> None:
    answer = get(address)
    assert (answer.status_code, vevents(answer.content)) == (200, [])


@pytest.mark.parametrize(("days", "kept"), [(-89, True), (-91, False), (400, True)])
def test_events_stay_for_ninety_days(user: User, address: str, days: int, kept: bool) -> None:
    going(user, event_at(NOW + days * DAY), state="attended" if days < 0 else "confirmed")
    assert bool(titles(get(address).content)) == kept


@pytest.mark.parametrize("state", ["cancelled", "declined"])
@pytest.mark.parametrize(("days", "kept"), [(29, ["CANCELLED"]), (31, [])])
def test_what_was_given_up_is_cancelled_for_thirty_days(
    user: User, address: str, state: str, days: int, kept: list[str]
) -> None:
    going(user, event_at(NOW + DAY), state=state, since=NOW - days * DAY)
    assert statuses(get(address).content) == kept


@pytest.mark.parametrize(("days", "kept"), [(29, ["CANCELLED"]), (31, [])])
def test_a_cancelled_event_is_cancelled_for_thirty_days(user: User, address: str, days: int, kept: list[str]) -> None:
    going(user, event_at(NOW + DAY, status="cancelled", changed_at=NOW - days * DAY), since=NOW - 40 * DAY)
    assert statuses(get(address).content) == kept


@pytest.mark.parametrize("states", [("cancelled", "confirmed"), ("confirmed", "cancelled"), ("declined", "cancelled")])
def test_who_registered_again_has_it_once(user: User, address: str, states: Sequence[str]) -> None:
    event = event_at(NOW + DAY)
    for state in states:
        going(user, event, state=state)
    assert statuses(get(address).content) == ["CONFIRMED" if "confirmed" in states else "CANCELLED"]


def test_who_gave_a_place_up_reads_no_more_of_the_event(user: User, address: str) -> None:
    going(
        user,
        event_at(NOW + DAY, place="Secret street 1", summary="Secret", link="https://x.example"),
        state="cancelled",
    )
    content = get(address).content
    assert b"Secret" not in content
    assert b"key-" not in content


def test_a_place_in_the_line_says_so(user: User, address: str) -> None:
    going(user, event_at(NOW + DAY), state="waiting")
    content = get(address).content
    assert (statuses(content), titles(content)) == (["TENTATIVE"], ["(waiting list) Who pays"])


def tracks() -> tuple[Event, dict[str, Session]]:
    start = NOW + DAY
    slot = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    plain = {"title": "Lunch", "starts_at": start + DAY, "ends_at": start + DAY + timedelta(hours=1)}
    event = EventFactory(
        title="Days", sessions=[{"title": "A", "track": "A", **slot}, {"title": "B", "track": "B", **slot}, plain]
    )
    return event, {one.title: one for one in event.sessions.all()}


def test_of_parallel_tracks_it_holds_the_chosen_one(user: User, address: str) -> None:
    event, sessions = tracks()
    registered(event, person(user, sessions=(sessions["B"].pk,)), by=user)
    assert titles(get(address).content) == ["Days: B", "Days: Lunch"]


def test_who_chose_none_has_all_of_them(user: User, address: str) -> None:
    event, _sessions = tracks()
    registered(event, person(user), by=user)
    assert titles(get(address).content) == ["Days: A", "Days: B", "Days: Lunch"]


def test_sessions_on_both_sides_of_a_change_of_the_clock(user: User, address: str) -> None:
    starts = [at(2026, 3, 28, 8), at(2026, 3, 29, 7)]  # both at nine in Oslo
    going(user, EventFactory(sessions=[{"starts_at": one, "ends_at": one + timedelta(hours=1)} for one in starts]))
    content = get(address).content
    assert [start.hour for start, _end in times(content)] == [9, 9]
    assert b"TZID=Europe/Oslo:20260329T090000" in content


def test_it_speaks_the_persons_language(user: User, address: str) -> None:
    assert get(address)["Content-Type"]
    before = get(address)["ETag"]
    User.objects.filter(pk=user.pk).update(language="nb")
    assert get(address)["ETag"] != before


# --- Asked again -----------------------------------------------------------------------------------------------------


def test_nothing_new_is_not_sent_again(user: User, address: str) -> None:
    going(user, event_at(NOW + DAY))
    first = get(address)
    assert first["Cache-Control"] == "private, no-cache"
    for headers in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        with time_machine.travel(NOW + timedelta(hours=5), tick=False):
            again = get(address, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    head = Client().head(address)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(first.content)))


def moved(one: Registration) -> None:
    one.event.sessions.update(starts_at=NOW + 2 * DAY, ends_at=NOW + 3 * DAY)


def given_up(one: Registration) -> None:
    cancel(one)


def renamed(one: Registration) -> None:
    User.objects.filter(pk=one.user_id).update(full_name="Kari Ny")


def put_elsewhere(one: Registration) -> None:
    Event.objects.filter(pk=one.event_id).update(time_zone="America/Chicago")


def chose(one: Registration) -> None:
    change(one, answers={}, sessions=(one.event.sessions.first().pk,))


def called_off(one: Registration) -> None:
    Event.objects.filter(pk=one.event_id).update(status="cancelled", changed_at=NOW)


@pytest.mark.parametrize("happens", [moved, given_up, renamed, put_elsewhere, chose, called_off])
def test_whatever_changes_is_sent_even_within_the_same_second(user: User, address: str, happens: Any) -> None:
    """The clock stands still here: neither the tag nor the date may say that nothing has changed."""
    event, _sessions = tracks()
    one = going(user, event)
    first = get(address)
    happens(one)
    by_tag = get(address, if_none_match=first["ETag"])
    by_date = get(address, if_modified_since=first["Last-Modified"])
    assert (by_tag.status_code, by_date.status_code) == (200, 200)
    assert by_tag.content != first.content
    assert get(address, if_modified_since=by_date["Last-Modified"]).status_code == 304


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 200])
def test_it_costs_the_same_with_any_number(
    user: User, address: str, number: int, django_assert_max_num_queries: Any
) -> None:
    events = [Event(kind="webinar", title=f"Event {n}", owner=user, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY)
              for n in range(number)]  # fmt: skip
    Event.objects.bulk_create(events)
    Session.objects.bulk_create(
        Session(event=one, title=name, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY)
        for one in events for name in ("A", "B")
    )  # fmt: skip
    orders = Order.objects.bulk_create(Order(event=one, placed_by=user) for one in events)
    Registration.objects.bulk_create(coming(user, order) for order in orders)
    # The version of pages; the address with its person; registrations with their events; sessions; choices; the use.
    with django_assert_max_num_queries(6):
        first = get(address)
    assert len(titles(first.content)) == 2 * number
    with django_assert_max_num_queries(5):
        assert get(address, if_none_match=first["ETag"]).status_code == 304


def writes(address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        get(address)
    said = [query["sql"].split()[0] for query in asked.captured_queries]
    return [word for word in said if word in {"INSERT", "UPDATE", "DELETE"}]


def test_it_writes_once_a_day_and_once_a_change(user: User, address: str) -> None:
    assert [writes(address), writes(address)] == [["UPDATE"], []]
    going(user, event_at(NOW + DAY))
    assert [writes(address), writes(address)] == [["UPDATE"], []]
    with time_machine.travel(NOW + DAY, tick=False):
        assert [writes(address), writes(address)] == [["UPDATE"], []]
        assert CalendarAddress.objects.get().last_used_on == timezone.localdate()


# --- What stops ------------------------------------------------------------------------------------------------------


def test_only_a_digest_of_it_is_kept(user: User) -> None:
    token = actions.make_address(user)
    kept = CalendarAddress.objects.values().get()
    assert kept["token_digest"] == digest(token)
    assert token not in map(str, kept.values())


@pytest.mark.database
def test_a_new_one_stops_the_old_at_once(user: User, address: str) -> None:
    new = f"/calendar/{actions.make_address(user)}.ics"
    assert (get(address).status_code, get(new).status_code) == (404, 200)
    assert CalendarAddress.objects.filter(revoked_at=None).count() == 1


def test_taken_back_it_stops_and_twice_is_once(user: User, address: str) -> None:
    assert [actions.revoke_address(user), actions.revoke_address(user)] == [True, False]
    assert get(address).status_code == 404


def test_who_may_not_sign_in_has_no_feed(user: User, address: str) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 500, "..", "æ", "feed"])
def test_a_token_nobody_has_is_not_found(token: str) -> None:
    assert get(f"/calendar/{token}.ics").status_code == 404


def test_nobody_else_keeps_or_lists_it(address: str) -> None:
    answer = get(address)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
