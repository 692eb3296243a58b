"""The pages of organisers: their list, and what changes an event for everybody at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from lms.accounts import roles
from lms.events.actions import arranging
from lms.events.kinds import EventChanged
from lms.events.models import Event, Session
from lms.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, at, registration
from tests.lms.events.forms_of import sent_by
from tests.lms.events.test_arranging import coming, dated

pytestmark = pytest.mark.django_db
ORGANISE = "/events/organise/"


@pytest.fixture
def advisor(client):
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=roles.ADVISORS))
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(at(2026, 3, 1, 12), tick=False)


def act(what: str, event: Event) -> str:
    return reverse(f"events:{what}", args=[event.pk])


def titles(client, address: str) -> list[str]:
    return [event.title for event in client.get(address).context["page"]]


# --- The list --------------------------------------------------------------------------------------------------------


def test_one_s_own_coming_and_past_and_nobody_else_s(client, advisor):
    EventFactory(title="Somebody else’s")
    dated(20, owner=advisor, title="Later")
    dated(10, organisers=[advisor], title="Sooner")
    EventFactory(owner=advisor, title="No time yet", sessions=[])
    for month, title in ((1, "January"), (2, "February")):
        EventFactory(owner=advisor, title=title, sessions=[{"starts_at": at(2026, month, 10)}])
    assert titles(client, ORGANISE) == ["Sooner", "Later", "No time yet"]
    assert titles(client, f"{ORGANISE}?past=1") == ["February", "January"]


def test_places_taken_and_who_waits_are_there(client, advisor):
    event = dated(10, owner=advisor, capacity=1)
    registration(event)
    registration(event)
    page = client.get(ORGANISE).content.decode()
    assert "1 of 1 places taken" in page
    assert "1 waits" in page
    assert "Tuesday 10 March 2026, 09:00 (CET)" in page


def test_nothing_yet_says_what_to_do(client, advisor):
    assert b"/events/new/" in client.get(ORGANISE).content
    assert b"Nothing has been yet" in client.get(f"{ORGANISE}?past=1").content


def test_who_may_make_none_and_organises_none_finds_no_such_page(client):
    learner = UserFactory()
    client.force_login(learner)
    assert client.get(ORGANISE).status_code == 404
    event = dated(10, organisers=[learner])
    page = client.get(ORGANISE)
    assert page.status_code == 200
    assert b"/events/new/" not in page.content
    assert client.get("/events/new/").status_code == 404
    assert client.get(act("edit", event)).status_code == 200


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize("query", ["", "?past=1"])
def test_the_list_costs_the_same_for_few_and_many(client, advisor, number, query, django_assert_max_num_queries):
    moment = at(2026, 2, 10) if query else at(2026, 3, 10)
    Event.objects.bulk_create(
        Event(kind="workshop", title=f"Event {one}", owner=advisor, starts_at=moment, ends_at=moment)
        for one in range(number)
    )
    client.get(ORGANISE)
    with django_assert_max_num_queries(12):
        page = client.get(ORGANISE + query)
    assert page.context["page"].paginator.count == number


def test_the_way_there_stands_in_the_header_of_those_who_may_make_events(client, advisor):
    profile = reverse("accounts:profile")
    assert b'href="/events/organise/"' in client.get(profile).content
    client.force_login(UserFactory())
    assert b'href="/events/organise/"' not in client.get(profile).content


# --- Moving ----------------------------------------------------------------------------------------------------------


def test_an_organiser_moves_the_event_by_a_day_across_the_change_of_the_clock(client, advisor):
    event = dated(28, owner=advisor)  # a Saturday; the clock is changed on Sunday night
    people = [coming(event).user for _number in range(3)]
    page = client.get(act("move_event", event))
    assert "3 people come, wait or have asked" in page.content.decode()
    sent = sent_by(page)
    for _click in range(2):  # a double click
        answer = client.post(act("move_event", event), sent)
        assert answer["Location"] == act("edit", event)
    event.refresh_from_db()
    session = event.sessions.get()
    assert (event.sequence, session.starts_at, session.ends_at) == (1, at(2026, 3, 29, 7), at(2026, 3, 29, 9))
    assert (event.starts_at, event.ends_at) == (session.starts_at, session.ends_at)
    owed = Message.objects.filter(kind="events.changed")
    assert {(one.recipient, one.subject) for one in owed} == {(user, f"event:{event.pk}:1") for user in people}
    assert owed.count() == 3
    mail = EventChanged().compose(owed[0])
    assert mail is not None
    assert "Sunday 29 March 2026, 09:00–11:00 (CEST). It was Saturday 28 March 2026, 09:00–11:00 (CET)." in " ".join(
        mail.paragraphs
    )
    assert "3 people are told within minutes" in client.get(act("edit", event)).content.decode()


@pytest.mark.parametrize("days", ["", "0", "x", "3661", "-99999999999999999999"])
def test_a_number_of_days_that_cannot_be_is_said_at_the_field(client, advisor, days):
    event = dated(10, owner=advisor)
    answer = client.post(act("move_event", event), {"days": days, "sequence": "0"})
    assert answer.context["form"].errors["days"]
    assert Session.objects.get().starts_at == at(2026, 3, 10, 8)


def test_a_move_of_what_somebody_moved_meanwhile_is_asked_about_again(client, advisor):
    event = dated(10, owner=advisor)
    sent = sent_by(client.get(act("move_event", event)))
    arranging.move_by_days(event, 7, by=UserFactory())
    answer = client.post(act("move_event", event), sent)
    assert "Somebody changed this event" in answer.content.decode()
    assert "Tuesday 17 March 2026" in answer.content.decode()
    assert client.post(act("move_event", event), sent_by(answer)).status_code == 302
    assert Session.objects.get().starts_at == at(2026, 3, 18, 8)


# --- Confirming and cancelling ---------------------------------------------------------------------------------------


def test_marks_are_confirmed_one_by_one_and_all(client, advisor):
    event = dated(10, 11, owner=advisor, status="tentative")
    event.sessions.update(tentative=True)
    first = event.sessions.first()
    client.post(act("confirm_event", event), {"session": first.uid})
    assert [one.tentative for one in event.sessions.all()] == [False, True]
    assert client.post(act("confirm_event", event), {"session": "nonsense"}).status_code == 404
    other = dated(10).sessions.get()
    assert client.post(act("confirm_event", event), {"session": other.uid}).status_code == 404
    client.post(act("confirm_event", event))
    event.refresh_from_db()
    assert (event.status, event.sessions.filter(tentative=True).count()) == ("confirmed", 0)
    assert b"Everything is confirmed" in client.get(act("confirm_event", event)).content


def test_an_event_is_cancelled_with_a_reason(client, advisor):
    event = dated(10, owner=advisor)
    one = coming(event)
    assert client.post(act("cancel_event", event), {"why": " "}).context["form"].errors["why"]
    for _click in range(2):
        assert client.post(act("cancel_event", event), {"why": "The speaker is ill."}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.cause) == ("cancelled", "event_cancelled")
    assert Message.objects.filter(kind="events.cancelled").count() == 1
    page = client.get(act("edit", event)).content.decode()
    assert "The speaker is ill." in page
    assert "It is cancelled." in page
    assert 'name="title"' not in page


@pytest.mark.parametrize("what", ["move_event", "confirm_event"])
def test_what_cannot_be_done_with_a_cancelled_event_is_said(client, advisor, what):
    event = dated(10, owner=advisor)
    arranging.cancel(event, why="", by=advisor)
    event.refresh_from_db()
    answer = client.post(act(what, event), {"days": "1", "sequence": event.sequence})
    assert "cannot be changed any more" in answer.content.decode()


def test_what_is_over_is_not_cancelled(client, advisor):
    event = EventFactory(owner=advisor, sessions=[{"starts_at": timezone.now() - timedelta(days=3)}])
    answer = client.post(act("cancel_event", event), {"why": "It rained."})
    assert "is over" in answer.content.decode()


@pytest.mark.parametrize("what", ["edit", "move_event", "confirm_event", "cancel_event", "notes"])
def test_pages_of_an_event_somebody_else_organises_are_not_there(client, advisor, what):
    event = dated(10)
    assert client.get(act(what, event)).status_code == 404
    assert client.post(act(what, event), {}).status_code == 404


@pytest.mark.parametrize("number", [3, 60])
def test_the_form_costs_the_same_for_few_and_many_sessions(client, advisor, number, django_assert_max_num_queries):
    event = EventFactory(
        owner=advisor,
        sessions=[{"title": f"{one}", "starts_at": at(2026, 3, 10) + timedelta(days=one)} for one in range(number)],
    )
    client.get(act("edit", dated(10, owner=advisor)))  # what is read once
    with django_assert_max_num_queries(26):
        client.get(act("edit", event))
