"""Checking in by the code on the screen."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lms.events.actions.joining import renew_code
from lms.events.models import Attendance, Event, Registration
from lms.events.selectors.attendance import code_of
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, at, registration

pytestmark = pytest.mark.django_db
STARTS = at(2026, 5, 4, 8)
HOUR = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}


def workshop(**fields) -> Event:
    return EventFactory(**{"visibility": "invited", "sessions": [HOUR], **fields})


def coming(event: Event) -> tuple[Registration, Client]:
    with time_machine.travel(STARTS - timedelta(days=30)):
        one = registration(event)
    client = Client()
    client.force_login(one.user)
    return one, client


def check_in(client: Client, event: Event, code: str, *, minutes: int = 0, **fields) -> str:
    with time_machine.travel(STARTS + timedelta(minutes=minutes), tick=False):
        answer = client.post(reverse("events:check_in", args=[event.pk]), {"code": code, **fields})
    assert answer.status_code == 200
    return answer.content.decode()


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_each_event_has_a_code_of_six_digits_before_anybody_makes_one():
    event, other = workshop(), workshop()
    first = code_of(event)
    assert len(first) == 6
    assert first.isdigit()
    assert code_of(Event.objects.get(pk=event.pk)) == first
    assert code_of(other) != first
    assert event.check_in_code == ""


def test_a_new_code_is_another_one():
    event = workshop()
    first = code_of(event)
    assert renew_code(event.pk) != first


@pytest.mark.parametrize("minutes", [-15, 0, 59])
def test_whoever_types_it_is_there(minutes):
    event = workshop()
    one, client = coming(event)
    page = check_in(client, event, code_of(event), minutes=minutes)
    assert "You are checked in" in page
    found = Attendance.objects.get()
    assert (found.registration, found.how) == (one, "code")


@pytest.mark.parametrize("minutes", [-16, 60])
def test_outside_the_session_nobody_is(minutes):
    event = workshop()
    _one, client = coming(event)
    assert "No session runs just now" in check_in(client, event, code_of(event), minutes=minutes)
    assert not Attendance.objects.exists()


def test_twice_is_once():
    event = workshop()
    _one, client = coming(event)
    for _ in range(2):
        assert "You are checked in" in check_in(client, event, code_of(event))
    assert Attendance.objects.count() == 1


def test_spaces_do_not_matter():
    event = workshop()
    _one, client = coming(event)
    code = code_of(event)
    check_in(client, event, f" {code[:3]} {code[3:]} ")
    assert Attendance.objects.count() == 1


def test_what_is_no_code_is_refused_at_the_field_and_kept():
    event = workshop()
    _one, client = coming(event)
    code_of(event)
    for code in ("", "12", "abcdef", "１２３４５６", "1" * 20, "=1+1", "\0"):
        assert 'class="errors"' in check_in(client, event, code), code
    assert not Attendance.objects.exists()


def test_the_code_before_the_new_one_lets_nobody_in():
    event = workshop()
    _one, client = coming(event)
    before = code_of(event)
    renew_code(event.pk)
    assert "not the code on the screen" in check_in(client, event, before)
    assert not Attendance.objects.exists()


def test_before_a_code_was_shown_none_is_right():
    event = workshop()
    _one, client = coming(event)
    for code in ("000000", "0"):
        check_in(client, event, code)
    assert not Attendance.objects.exists()


def test_ten_tries_in_ten_minutes_and_no_more():
    event = workshop()
    _one, client = coming(event)
    code = code_of(event)
    for _ in range(10):
        assert "not the code on the screen" in check_in(client, event, another(code))
    assert "Too many tries" in check_in(client, event, code)
    assert not Attendance.objects.exists()
    assert "You are checked in" in check_in(client, event, code, minutes=11)


def test_who_guesses_keeps_nobody_else_out():
    event = workshop()
    _one, guesser = coming(event)
    code = code_of(event)
    for _ in range(11):
        check_in(guesser, event, another(code))
    _other, client = coming(event)
    assert "You are checked in" in check_in(client, event, code)


def test_of_parallel_sessions_one_says_which():
    event = workshop(sessions=[{**HOUR, "track": "A", "title": "First"}, {**HOUR, "track": "B", "title": "Second"}])
    _one, client = coming(event)
    code = code_of(event)
    assert "Say which one" in check_in(client, event, code)
    assert not Attendance.objects.exists()
    second = event.sessions.get(track="B")
    assert "Second" in check_in(client, event, code, session=second.pk)
    assert Attendance.objects.get().session == second


def test_a_session_of_another_event_is_no_choice():
    event = workshop(sessions=[{**HOUR, "track": "A"}, {**HOUR, "track": "B"}])
    _one, client = coming(event)
    check_in(client, event, code_of(event), session=workshop().sessions.get().pk)
    assert not Attendance.objects.exists()


def test_who_waits_is_told_so():
    event = workshop(capacity=1)
    coming(event)
    _one, client = coming(event)
    assert "On the waiting list" in check_in(client, event, code_of(event))
    assert not Attendance.objects.exists()


def test_who_may_see_it_and_is_not_registered_is_told_so_and_others_find_nothing():
    event = workshop(visibility="members")
    client = Client()
    client.force_login(MembershipFactory().user)
    assert "not registered" in check_in(client, event, code_of(event))
    client.force_login(UserFactory())
    assert client.get(reverse("events:check_in", args=[event.pk])).status_code == 404


def test_the_screen_shows_the_code_and_the_address(client, settings):
    settings.SITE_URL = "https://landfall.example"
    event = workshop()
    client.force_login(event.owner)
    page = client.get(reverse("events:check_in_code", args=[event.pk])).content.decode()
    code = code_of(event)
    assert f'<span class="visually-hidden">{code}</span>' in page
    assert Event.objects.get(pk=event.pk).check_in_code == "", "showing it writes nothing"
    assert f"landfall.example/events/{event.pk}/check-in/" in page


def test_an_organiser_makes_another(client):
    event = workshop()
    before = code_of(event)
    client.force_login(event.owner)
    client.post(reverse("events:check_in_code", args=[event.pk]))
    assert Event.objects.get(pk=event.pk).check_in_code not in ("", before)
