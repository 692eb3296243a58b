"""Who was there, as organisers note it."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.events.actions import Refused, attending, cancel
from lms.events.models import Attendance, Event, Registration, Session, SessionChoice
from lms.events.rules.being_there import FINISHED_AFTER
from lms.events.selectors.attendance import attended, people_of
from lms.notifications.models import Message
from tests.factories.accounts import CompanyFactory
from tests.factories.events import EventFactory, at, person, registered, registration

pytestmark = pytest.mark.django_db
STARTS = at(2026, 5, 4, 8)
ENDS = STARTS + timedelta(hours=1)
HOUR: dict[str, Any] = {"starts_at": STARTS, "ends_at": ENDS}


def event_with(people: int, **fields: Any) -> tuple[Event, list[Registration]]:
    event = EventFactory(**{"sessions": [HOUR], "closes_at": at(2100, 1, 1), **fields})
    order = registered(event, *(person() for _ in range(people)), by=event.owner)
    return event, list(order.registrations.order_by("pk"))


def note(event: Event, *people: Registration, how: str = "link", session: Session | None = None) -> int:
    session = session or event.sessions.order_by("pk")[0]
    return attending.note(event.pk, session.pk, [(one.pk, STARTS) for one in people], how=how, now=STARTS)


def states(event: Event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def organiser(event: Event) -> Client:
    client = Client()
    client.force_login(event.owner)
    return client


# --- Noting ----------------------------------------------------------------------------------------------------------


def test_what_was_noted_first_stays():
    event, (one,) = event_with(1)
    assert note(event, one, how="link") == 1
    assert note(event, one, how="list") == 0
    assert Attendance.objects.get().how == "link"


def test_only_those_who_were_to_come_to_this_event_are_noted():
    event, (one, gone) = event_with(2)
    cancel(gone, now=STARTS - timedelta(days=1))
    _other, (stranger,) = event_with(1)
    assert note(event, one, gone, stranger) == 1
    assert Attendance.objects.get().registration == one


def test_a_session_of_another_event_notes_nobody():
    event, (one,) = event_with(1)
    other, _people = event_with(1)
    assert note(event, one, session=other.sessions.get()) == 0


def test_taking_back_keeps_what_was_noted_in_the_log():
    event, (one,) = event_with(1)
    note(event, one, how="code")
    for _ in range(2):
        attending.take_back(one, event.sessions.get(), by=event.owner)
    assert not Attendance.objects.exists()
    entry = ModelLogEntry.objects.get(action="events.unseen")
    assert (entry.data["person"], entry.data["how"]) == (one.name, "code")
    assert entry.user == event.owner


# --- Finishing -------------------------------------------------------------------------------------------------------


def test_finishing_says_of_everybody_whether_they_were_there_and_mails_nobody():
    event, people = event_with(3)
    mails = Message.objects.count()
    note(event, people[1])
    assert attending.finish(event.pk, now=ENDS) == (1, 2)
    assert states(event) == ["absent", "attended", "absent"]
    assert attending.finish(event.pk, now=ENDS) == (0, 0)
    assert Message.objects.count() == mails


def test_seen_in_any_session_is_there():
    event, (one,) = event_with(1, sessions=[HOUR, {"starts_at": ENDS, "ends_at": ENDS + timedelta(hours=1)}])
    note(event, one, session=event.sessions.order_by("starts_at").last())
    attending.finish(event.pk, now=ENDS + timedelta(hours=1))
    assert states(event) == ["attended"]


def test_those_without_a_place_are_left_as_they_are():
    event = EventFactory(sessions=[HOUR], capacity=1, closes_at=at(2100, 1, 1))
    for _ in range(2):
        registration(event, now=STARTS - timedelta(days=9))
    attending.finish(event.pk, now=ENDS)
    assert states(event) == ["absent", "waiting"]


@pytest.mark.parametrize("why", ["early", "cancelled", "no time"])
def test_what_is_not_over_or_cancelled_is_not_finished(why):
    event, _people = event_with(1, sessions=[] if why == "no time" else [HOUR])
    if why == "cancelled":
        Event.objects.filter(pk=event.pk).update(status="cancelled")
    with pytest.raises(Refused):
        attending.finish(event.pk, now=ENDS - timedelta(minutes=1) if why == "early" else ENDS)
    assert states(event) == ["confirmed"]


def test_after_finishing_it_can_be_corrected_both_ways():
    event, (here, gone) = event_with(2)
    note(event, here)
    attending.finish(event.pk, now=ENDS)
    session = event.sessions.get()
    attending.note_all(event.pk, session, [gone.pk], by=event.owner)
    attending.take_back(here, session, by=event.owner)
    assert states(event) == ["absent", "attended"]


def test_before_finishing_taking_back_says_nothing_of_the_event():
    event, (one,) = event_with(1)
    note(event, one)
    attending.take_back(one, event.sessions.get(), by=event.owner)
    assert states(event) == ["confirmed"]


def test_taking_back_one_of_two_sessions_leaves_them_there():
    later = {"starts_at": ENDS, "ends_at": ENDS + timedelta(hours=1)}
    event, (one,) = event_with(1, sessions=[HOUR, later])
    first, second = event.sessions.order_by("starts_at")
    note(event, one, session=first)
    note(event, one, session=second)
    attending.finish(event.pk, now=ENDS + timedelta(hours=1))
    attending.take_back(one, first, by=event.owner)
    assert states(event) == ["attended"]


@pytest.mark.parametrize(("after", "seen", "finished"), [(0, 1, True), (-1, 1, False), (0, 0, False)])
def test_a_day_after_the_end_it_is_finished_by_itself_if_anybody_was_seen(after, seen, finished):
    event, people = event_with(2)
    note(event, *people[:seen])
    attending.finish_past(now=ENDS + FINISHED_AFTER + timedelta(minutes=after))
    assert (states(event) == ["attended", "absent"]) is finished


def test_one_bad_event_stops_no_other():
    """The other is finished, and the run is seen to have failed."""
    bad, (stuck,) = event_with(1)
    note(bad, stuck)
    good, more = event_with(1)
    note(good, *more)
    turn = Registration._meta.get_field("turn")
    _least, most = connection.ops.integer_field_range(turn.get_internal_type())
    Registration.objects.filter(pk=stuck.pk).update(turn=most)  # it cannot rise any more, as a move lets it
    with pytest.raises(RuntimeError, match=str(bad.pk)):
        attending.finish_past(now=ENDS + FINISHED_AFTER)
    assert states(good) == ["attended"]
    assert states(bad) == ["confirmed"]


# --- Counting --------------------------------------------------------------------------------------------------------


def test_attended_of_planned_by_session_and_event():
    tracks = [{**HOUR, "track": "A", "title": "A"}, {**HOUR, "track": "B", "title": "B"}]
    later = {"starts_at": ENDS, "ends_at": ENDS + timedelta(hours=1), "title": "All"}
    event, people = event_with(4, sessions=[*tracks, later])
    a, b, everybody = (event.sessions.get(title=title) for title in ("A", "B", "All"))
    SessionChoice.objects.bulk_create(SessionChoice(registration=one, session=a) for one in people[:3])
    SessionChoice.objects.create(registration=people[3], session=b)
    note(event, people[0], people[3], session=a)
    note(event, people[1], session=everybody)
    found = attended(event)
    counts = {one.session.title: (one.seen, one.planned, one.besides) for one in found.sessions}
    assert counts == {"A": (1, 3, 1), "B": (0, 1, 0), "All": (1, 4, 0)}
    assert (found.seen, found.planned) == (3, 4)


def test_whoever_chose_no_track_is_in_the_list_of_each_and_not_noted_with_all():
    event, (chose_a, chose_b, nothing) = event_with(3, sessions=[{**HOUR, "track": "A"}, {**HOUR, "track": "B"}])
    a, b = event.sessions.order_by("track")
    SessionChoice.objects.create(registration=chose_a, session=a)
    SessionChoice.objects.create(registration=chose_b, session=b)
    assert set(people_of(event, attended(event).counted(a.pk))) == {chose_a, nothing}
    post(event, "mark_all", session=a.pk)
    assert Attendance.objects.get().registration == chose_a
    assert "Chose none of the parallel sessions" in page(event, session=a.pk)
    note(event, chose_b, session=a)
    assert set(people_of(event, attended(event).counted(a.pk))) == {chose_a, chose_b, nothing}


def test_a_choice_of_another_day_is_none_for_this_one():
    day = timedelta(days=1)
    next_day = {"starts_at": STARTS + day, "ends_at": ENDS + day}
    tracks = [{**HOUR, "track": "A"}, {**HOUR, "track": "B"}, {**next_day, "track": "A"}, {**next_day, "track": "B"}]
    event, (one,) = event_with(1, sessions=tracks)
    first, _b, later, _later_b = event.sessions.order_by("starts_at", "track")
    SessionChoice.objects.create(registration=one, session=first)
    (found,) = people_of(event, attended(event).counted(later.pk))
    assert found.chose_nothing


# --- The page --------------------------------------------------------------------------------------------------------


def page(event: Event, **asked: Any) -> str:
    answer = organiser(event).get(reverse("events:attendance", args=[event.pk]), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def post(event: Event, name: str = "attendance", **sent: Any):
    sent = {"session": event.sessions.order_by("pk")[0].pk, **sent}
    headers = sent.pop("headers", {})
    return organiser(event).post(reverse(f"events:{name}", args=[event.pk]), sent, headers=headers)


def test_a_press_notes_one_and_another_takes_it_back():
    event, (one,) = event_with(1)
    assert post(event, registration=one.pk, present="1").status_code == 302
    assert Attendance.objects.get().how == "organiser"
    assert "1 of 1 planned was there." in page(event)
    post(event, registration=one.pk, present="0")
    assert not Attendance.objects.exists()


def test_htmx_gets_the_list_alone():
    event, (one,) = event_with(1)
    answer = post(event, registration=one.pk, present="1", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert 'id="attendance"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_the_page_one_was_on_is_the_page_one_comes_back_to():
    event, people = event_with(1)
    answer = post(event, registration=people[0].pk, present="1", page="2", q="per")
    assert "page=2" in answer["Location"]
    assert "q=per" in answer["Location"]


@pytest.mark.parametrize(
    "sent", [{"registration": "x"}, {"registration": "9" * 30}, {"session": "1e3"}, {"session": "999999"}]
)
def test_nonsense_is_not_there(sent):
    event, (one,) = event_with(1)
    assert post(event, **{"registration": one.pk, "present": "1", **sent}).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_who_has_no_place_any_more_is_told_and_not_noted(htmx):
    event, (one,) = event_with(1)
    cancel(one, now=STARTS - timedelta(days=1))
    _other, (stranger,) = event_with(1)
    for person_ in (one.pk, stranger.pk, ""):
        answer = post(event, registration=person_, present="1", headers={"HX-Request": "true"} if htmx else {})
        assert answer.status_code == (200 if htmx else 302)
        assert not htmx or "has no place any more" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_all_of_a_session_are_noted_at_once_and_again_changes_nothing():
    event, people = event_with(60)
    note(event, people[0], how="code")
    for _ in range(2):
        post(event, "mark_all")
    assert Attendance.objects.count() == 60
    assert Attendance.objects.get(registration=people[0]).how == "code"


def test_finishing_by_the_button_says_how_many():
    event, people = event_with(3)
    note(event, *people[:2])
    assert "2 become “was there”, 1 become" in page(event)
    post(event, "finish")
    assert states(event) == ["attended", "attended", "absent"]
    assert "Finished." in page(event)


def test_somebody_is_found_by_a_part_of_the_name():
    event, _people = event_with(1)
    registered(event, person(name="Ærlig % Nordby"), by=EventFactory().owner)
    found = page(event, q="ærlig %" if connection.vendor == "postgresql" else "rlig %")
    assert "Nordby" in found
    assert found.count('id="seen-') == 1
    assert "Nobody of this session has" in page(event, q="<nobody>")


def test_an_event_without_sessions_says_what_is_missing():
    event, _people = event_with(1, sessions=[])
    assert "This event has no sessions yet" in page(event)


def test_a_session_of_another_event_is_no_page():
    event, _people = event_with(1)
    other, _more = event_with(1)
    address = reverse("events:attendance", args=[event.pk])
    assert organiser(event).get(address, {"session": other.sessions.get().pk}).status_code == 404


@pytest.mark.parametrize("number", [3, 500])
def test_the_page_asks_no_more_of_many_than_of_few(number):
    event, (first,) = event_with(1, sessions=[{**HOUR, "track": "A"}, {**HOUR, "track": "B"}])
    company = CompanyFactory()
    Registration.objects.bulk_create(
        Registration(
            event=event,
            order=first.order,
            company=company,
            name=f"Person {n}",
            email=f"p{n}@example.org",
            state="confirmed",
            join_key=f"k{n}",
        )
        for n in range(number - 1)
    )
    people, session = list(Registration.objects.filter(event=event).order_by("pk")), event.sessions.get(track="A")
    SessionChoice.objects.bulk_create(SessionChoice(registration=one, session=session) for one in people)
    attending.note_all(event.pk, session, [one.pk for one in people[::2]], by=event.owner)
    client, asked = organiser(event), {"session": session.pk, "q": "p"}
    address = reverse("events:attendance", args=[event.pk])
    client.get(address, asked)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, asked)
    assert answer.status_code == 200
    assert len(queries) <= 12, "\n".join(one["sql"][:200] for one in queries)
    assert f"{(number + 1) // 2} of {number} planned" in answer.content.decode()
    assert answer.content.decode().count('id="seen-') == min(number, 50)
