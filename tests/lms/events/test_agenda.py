"""An agenda: days in the event's zone, slots in order, tracks side by side."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.events.models import Material, Session
from lms.events.rules import Span, clashes, run_beside, side_by_side
from lms.events.selectors import agenda_of
from lms.events.shown import hours_said
from tests.factories.events import EventFactory, at, person, registered

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Chicago")


def nine(day: int, hour: int = 9):
    """That hour of the day in Chicago."""
    return datetime(2027, 6, day, hour, tzinfo=ZONE)


def tracked(title: str, track: str, day: int = 1, **fields):
    return {"title": title, "track": track, "starts_at": nine(day), **fields}


def event_with(*sessions, **fields):
    return EventFactory(time_zone="America/Chicago", sessions=list(sessions), **fields)


def test_a_day_is_a_day_where_the_event_is():
    event = event_with({"title": "Late", "starts_at": at(2027, 6, 1, 4)}, {"title": "Early", "starts_at": nine(1)})
    assert [day.date for day in agenda_of(event).days] == [date(2027, 5, 31), date(2027, 6, 1)]


def test_tracks_that_begin_together_stand_side_by_side_though_nobody_knows_when_they_end():
    event = event_with(tracked("A", "Companies"), tracked("B", "Institutions"), tracked("C", "Companies", 2))
    slots = [slot for day in agenda_of(event).days for slot in day.slots]
    assert [[track.name for track in slot.tracks] for slot in slots] == [["Companies", "Institutions"], ["Companies"]]
    assert hours_said(slots[0].begins, slots[0].ends) == "from 09:00"


def test_a_long_session_stands_beside_both_short_ones_of_the_other_track():
    event = event_with(
        tracked("Long", "B", ends_at=nine(1, 12)),
        tracked("First", "A", ends_at=nine(1, 10)),
        {"title": "Second", "track": "A", "starts_at": nine(1, 10), "ends_at": nine(1, 12)},
    )
    slot = agenda_of(event).days[0].slots[0]
    assert [[part.session.title for part in track.parts] for track in slot.tracks] == [["First", "Second"], ["Long"]]
    assert not slot.one_time


def test_what_is_for_everybody_is_a_slot_of_its_own_and_the_unknown_hour_comes_last():
    event = event_with(
        {"title": "Mayo", "starts_at": at(2027, 6, 1, 5), "time_known": False},
        {"title": "Alley", "starts_at": at(2027, 6, 1, 5), "time_known": False},
        {"title": "Evening", "starts_at": nine(1, 18), "ends_at": nine(1, 21)},
        tracked("A", "Companies"),
    )
    day = agenda_of(event).days[0]
    assert [[part.session.title for part in slot.parts or slot.choices] for slot in day.slots] == [
        ["A"],
        ["Evening"],
        ["Mayo", "Alley"],
    ]
    assert [hours_said(slot.begins, slot.ends) for slot in day.slots] == ["from 09:00", "18:00–21:00", "time to come"]


def test_what_is_unknown_clashes_with_nothing_but_its_like():
    day, hour = Span(1, nine(1, 0), None, known=False), Span(2, nine(1), nine(1, 12))
    assert not run_beside(day, hour)
    assert run_beside(day, Span(3, nine(1, 0), None, known=False))
    assert clashes([day, hour, Span(4, nine(1, 12))]) == []
    assert clashes([Span(4, nine(1, 11)), hour, day, Span(5, nine(1, 11)), Span(6, nine(1, 13))]) == [
        (2, 4),
        (2, 5),
        (4, 5),
    ]
    assert side_by_side([]) == []


def test_the_page_says_what_is_tentative_unknown_and_chosen(client):
    event = event_with(
        tracked("Norway House", "Companies", tentative=True),
        tracked("University", "Institutions"),
        {"title": "Mayo", "starts_at": at(2027, 6, 2, 5), "time_known": False, "speakers": "Dr Example"},
        visibility="everyone",
    )
    mayo = event.sessions.get(title="Mayo")
    Material.objects.create(session=mayo, title="Slides", url="/library/")
    Material.objects.create(session=mayo, title="Odd", url="javascript:alert(1)")
    order = registered(event, person(sessions=(event.sessions.get(title="Norway House").pk,)))
    mine = order.registrations.get()
    mine.user = order.placed_by
    mine.save(update_fields=["user"])
    client.force_login(order.placed_by)
    html = client.get(event.get_absolute_url()).content.decode()
    for words in (
        "Day 2",
        "time to come",
        "To be confirmed",
        "You are in this track",
        "With Dr Example",
        "Chicago time",
    ):
        assert words in html
    assert html.count("You are in this track") == 1
    assert 'href="/library/"' in html
    assert "javascript:" not in html


def test_markup_in_a_description_stays_text(client):
    event = event_with(
        {"title": "<b>A</b>", "description": "<script>x</script>\nnext", "starts_at": nine(1)}, visibility="everyone"
    )
    html = client.get(event.get_absolute_url()).content.decode()
    assert "<script>x" not in html
    assert "&lt;b&gt;A&lt;/b&gt;" in html


def test_an_event_without_sessions_says_that_they_are_to_come(client):
    event = EventFactory(sessions=[], visibility="everyone")
    html = client.get(event.get_absolute_url()).content.decode()
    assert "The agenda is still to come" in html
    assert "Date to come" in html


@pytest.mark.parametrize("number", [3, 300])
def test_an_agenda_is_two_statements(number, django_assert_num_queries):
    event = EventFactory(sessions=[])
    Session.objects.bulk_create(
        Session(event=event, title=f"S{n}", starts_at=nine(1) + timedelta(hours=n), track="AB"[n % 2])
        for n in range(number)
    )
    Material.objects.bulk_create(Material(session=one, title="M", url="/") for one in event.sessions.all())
    with django_assert_num_queries(2):
        agenda = agenda_of(event)
    assert len(agenda.parts) == number
