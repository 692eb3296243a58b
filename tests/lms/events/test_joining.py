"""A person's own link: only the button notes anything, and the key stays here."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lms.events.actions import attending, cancel
from lms.events.models import Attendance, Event, Registration
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, at, person, registered, registration

pytestmark = pytest.mark.django_db
STARTS = at(2026, 5, 4, 8)
LINK = "https://meet.example.org/j/123?pwd=x"


def webinar(**fields) -> Event:
    sessions = fields.pop("sessions", [{"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}])
    return EventFactory(**{"kind": "webinar", "link": LINK, "sessions": sessions, **fields})


def coming(event: Event, **fields) -> Registration:
    """Registered long before, by somebody in Oslo."""
    with time_machine.travel(STARTS - timedelta(days=30), tick=False):
        return registration(event, **fields)


def join(one: Registration, *, method: str = "post", minutes: int = 0, client: Client | None = None):
    """One request for the link, so many minutes after the start."""
    client = client or Client(enforce_csrf_checks=True)
    with time_machine.travel(STARTS + timedelta(minutes=minutes), tick=False):
        return getattr(client, method)(reverse("events:join", args=[one.join_key]))


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_only_looks_is_not_noted(method):
    one = coming(webinar())
    assert join(one, method=method).status_code == 200
    assert not Attendance.objects.exists()


def test_the_button_notes_it_and_leads_to_the_meeting():
    one = coming(webinar())
    answer = join(one, minutes=3)
    assert (answer.status_code, answer["Location"]) == (303, LINK)
    found = Attendance.objects.get()
    assert (found.registration, found.how, found.seen_at) == (one, "link", STARTS + timedelta(minutes=3))


def test_a_second_time_leads_there_and_keeps_the_first():
    one = coming(webinar())
    join(one, minutes=3)
    assert join(one, minutes=40).status_code == 303
    assert Attendance.objects.get().seen_at == STARTS + timedelta(minutes=3)


def test_nothing_of_it_is_kept_or_told_to_the_meeting_tool():
    one = coming(webinar())
    for answer in (join(one, method="get"), join(one)):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]


def rules(answer: Any) -> list[str]:
    return [rule.strip() for rule in answer["Content-Security-Policy"].split(";")]


def test_the_form_may_lead_away_and_other_pages_forms_may_not():
    one = coming(webinar())
    assert "form-action 'self' https:" in rules(join(one, method="get"))
    assert "form-action 'self'" in rules(Client().get("/courses/"))


def test_the_address_of_the_meeting_is_on_no_page():
    page = join(coming(webinar()), method="get").content.decode()
    assert "meet.example.org" not in page
    assert page.count('<button class="button button-main') == 1


def test_before_it_opens_it_says_when_in_both_zones():
    user = UserFactory(time_zone="America/Chicago")
    one = coming(webinar(), by=MembershipFactory(user=user).user)
    page = join(one, method="get", minutes=-16).content.decode()
    assert "4 May 2026, 09:45, Oslo time (CEST)" in page
    assert "4 May 2026, 02:45, Chicago time" in page
    assert "<form" not in page


def test_too_early_a_button_pressed_notes_nothing():
    answer = join(coming(webinar()), minutes=-16)
    assert answer.status_code == 200
    assert not Attendance.objects.exists()


def test_the_reader_in_the_same_zone_is_told_once():
    page = join(coming(webinar()), method="get", minutes=-16).content.decode()
    assert page.count("Oslo time") == 2  # when it begins, and when it opens


def test_after_the_end_it_leads_to_what_one_thought_of_it():
    one = coming(webinar())
    answer = join(one, minutes=60)
    assert answer.status_code == 200
    assert reverse("events:feedback_by_key", args=[one.join_key]) in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_key_nobody_has_is_not_there():
    assert Client().get(reverse("events:join", args=["x" * 43])).status_code == 404
    assert Client().post(reverse("events:join", args=["x" * 43])).status_code == 404


def test_who_waits_is_told_so():
    event = webinar(capacity=1)
    coming(event)
    one = coming(event)
    for method in ("get", "post"):
        answer = join(one, method=method)
        assert "On the waiting list" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_place_given_up_lets_nobody_in():
    one = coming(webinar())
    with time_machine.travel(STARTS - timedelta(days=1)):
        cancel(one)
    assert join(one).status_code == 200
    assert not Attendance.objects.exists()


def test_a_cancelled_event_says_so_and_why():
    event = webinar()
    one = coming(event)
    Event.objects.filter(pk=event.pk).update(status="cancelled", cancelled_why="The speaker is ill.")
    answer = join(one)
    assert answer.status_code == 200
    assert "The speaker is ill." in answer.content.decode()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org/x", "//example.org", "https://", "http://[x", ""]
)
def test_an_address_that_is_no_web_address_leads_nowhere(link):
    event = webinar(link=link)
    answer = join(coming(event))
    assert answer.status_code == 200
    assert "Location" not in answer


def test_an_event_without_sessions_leads_there_and_notes_nothing():
    one = coming(webinar(sessions=[]))
    assert join(one).status_code == 303
    assert not Attendance.objects.exists()


def test_it_counts_for_the_track_they_chose():
    hours = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}
    event = webinar(sessions=[{**hours, "track": "A"}, {**hours, "track": "B"}])
    second = event.sessions.get(track="B")
    membership = MembershipFactory()
    with time_machine.travel(STARTS - timedelta(days=30)):
        order = registered(
            event, person(membership.user, sessions=(second.pk,)), by=membership.user, company=membership.company
        )
    join(order.registrations.get())
    assert Attendance.objects.get().session == second


def test_who_chose_no_track_still_counts_as_there():
    hours = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}
    event = webinar(sessions=[{**hours, "track": "A"}, {**hours, "track": "B"}])
    join(coming(event))
    assert Attendance.objects.get().session.track == "A"


def test_a_colleague_without_an_account_has_a_link_too():
    event, membership = webinar(), MembershipFactory()
    with time_machine.travel(STARTS - timedelta(days=30)):
        order = registered(event, person(name="Without Account"), by=membership.user, company=membership.company)
    assert join(order.registrations.get()).status_code == 303
    assert Attendance.objects.get().registration.name == "Without Account"


def on_the_page(client: Client, event: Event, own: list[Registration], minutes: int) -> str:
    from django.template.loader import render_to_string

    with time_machine.travel(STARTS + timedelta(minutes=minutes), tick=False):
        return render_to_string("events/_being_there.html", {"event": event, "own": own})


def test_the_events_page_offers_what_is_possible_now(client, django_assert_num_queries):
    event = webinar()
    one = coming(event)
    attending.note(event.pk, event.sessions.get().pk, [], how="link", now=STARTS)
    link, code = reverse("events:join", args=[one.join_key]), reverse("events:check_in", args=[event.pk])
    feedback = reverse("events:feedback_by_key", args=[one.join_key])
    assert on_the_page(client, event, [one], -16).strip() == ""
    with django_assert_num_queries(1):
        now = on_the_page(client, event, [one], -15)
    assert link in now
    assert code in now
    after = on_the_page(client, event, [one], 60)
    assert feedback in after
    assert link + '"' not in after
    assert on_the_page(client, event, [], 0).strip() == ""


def test_the_events_page_names_people_where_it_is_about_several(client):
    event, membership = webinar(), MembershipFactory()
    with time_machine.travel(STARTS - timedelta(days=30)):
        order = registered(
            event, person(membership.user), person(name="<b>Ola</b>"), by=membership.user, company=membership.company
        )
    page = on_the_page(client, event, list(order.registrations.all()), 0)
    assert "&lt;b&gt;Ola&lt;/b&gt;" in page
    assert page.count("Join") == 2
