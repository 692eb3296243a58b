"""Calendar files, read back: times in every zone and across every change of the clock, standing, hostile texts."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import include, path
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms.events import urls
from lms.events.ics import Entry, Standing, calendar_file, links_to, version_of
from lms.events.ics.entries import entries_of
from lms.events.ics.writing import clean
from lms.events.ics.zones import changes, vtimezone
from lms.events.models import Event
from lms.events.rules.tracks import Slot, left_out
from lms.events.views.event import event
from tests.factories.events import EventFactory, at, registration
from tests.lms.events.reading import by_icalendar, by_vobject, moment, statuses, times, titles, vevents

HOUR = timedelta(hours=1)


def entry(**fields: Any) -> Entry:
    plain = Entry(
        uid="4f3c@example.org",
        title="Who pays",
        starts_at=at(2026, 6, 1, 7),
        ends_at=at(2026, 6, 1, 9),
        zone="Europe/Oslo",
        whole_days=False,
        standing=Standing.CONFIRMED,
        sequence=2,
        changed_at=at(2026, 5, 1, 12),
        place="",
        url="https://example.org/events/1/",
        text="",
    )
    return replace(plain, **fields)


def told(entries: Iterable[Entry]) -> list[tuple[Any, Any]]:
    """The moments a calendar reads, in seconds since 1970."""
    return [tuple(map(moment, pair)) for pair in times(calendar_file(list(entries)))]  # type: ignore[misc]


def meant(entries: Iterable[Entry]) -> list[tuple[Any, Any]]:
    return [(moment(one.starts_at), moment(one.ends_at)) for one in entries]


# --- Times -----------------------------------------------------------------------------------------------------------


def test_every_change_of_the_clock_of_every_zone_is_read_right(inputs: Path) -> None:
    """Sessions over each change, in the hours before and after it, and beyond, in one file; by the file's own zones.

    What touches an hour that comes twice is told in UTC, so no session has such a time and another.
    """
    known = json.loads((inputs / "hostile" / "dst-transitions.json").read_text())
    around = [(-48, 48), (-1, -0.5), (0, 0.5), (1, 1.5)]
    for zone, found in known.items():
        changed = [datetime.fromisoformat(one["utc"]) for one in found]
        entries = [entry(uid=f"{one}{start}@x", starts_at=one + HOUR * start, ends_at=one + HOUR * end, zone=zone)
                   for one in changed for start, end in around]  # fmt: skip
        assert told(entries) == meant(entries), zone


def test_the_changes_of_a_zone_are_those_that_are_known(inputs: Path) -> None:
    known = json.loads((inputs / "hostile" / "dst-transitions.json").read_text())
    for zone, found in known.items():
        expected = [datetime.fromisoformat(one["utc"]) for one in found]
        if not expected:
            continue
        first, last = expected[0] - timedelta(days=1), expected[-1] + timedelta(days=1)
        assert changes(ZoneInfo(zone), first, last) == expected, zone


def test_summer_time_begins_by_the_clock_before_the_change() -> None:
    text = vtimezone("Europe/Oslo", 2026, 2026).to_ical().decode()
    assert "DTSTART:20260329T020000" in text
    assert "DTSTART:20261025T030000" in text


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    first = at(2026, 10, 25, 0, 30)  # 02:30 in Oslo, and an hour later again
    entries = [entry(uid=f"{n}@x", starts_at=one, ends_at=one + HOUR) for n, one in enumerate((first, first + HOUR))]
    assert told(entries) == meant(entries)


ZONES = (
    "Europe/Oslo", "America/Chicago", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca", "Etc/GMT+5", "UTC",
)  # fmt: skip


def test_one_file_of_twelve_zones_reads_back_to_the_same_moments() -> None:
    months = [at(2025 + n // 12, n % 12 + 1, 14, 22, 15) for n in range(0, 24, 2)]
    entries = [entry(uid=f"{n}{zone}", starts_at=one, ends_at=one + 3 * HOUR, zone=zone)
               for zone in ZONES for n, one in enumerate(months)]  # fmt: skip
    assert told(entries) == meant(entries)
    assert len(by_icalendar(calendar_file(entries)).timezones) == len(ZONES) - 1


@pytest.mark.parametrize("year", [1970, 2100, 9999])
def test_far_away_years_are_written(year: int) -> None:
    one = entry(starts_at=at(year, 12, 31, 10), ends_at=at(year, 12, 31, 11))
    assert [start for start, _end in told([one])] == [moment(one.starts_at)]


def test_without_an_end_it_has_none() -> None:
    assert times(calendar_file([entry(ends_at=None)]))[0][1] is None


def test_where_the_time_is_not_known_it_is_a_day() -> None:
    midnight = datetime(2026, 6, 2, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)
    days = [entry(starts_at=midnight, ends_at=end, zone="America/Chicago", whole_days=True)
            for end in (None, midnight + timedelta(days=1), midnight + timedelta(days=2))]  # fmt: skip
    content = calendar_file(days)
    assert b"DTSTART;VALUE=DATE:20260602\r\n" in content
    two = (date(2026, 6, 2), date(2026, 6, 3))
    assert times(content) == [two, two, (date(2026, 6, 2), date(2026, 6, 4))]


# --- What is said ----------------------------------------------------------------------------------------------------


def test_a_file_says_what_calendars_need() -> None:
    content = calendar_file([entry(text="One\nTwo", place="Nydalsveien 28, Oslo; 4th floor", join="")], name="Mine")
    read, one = by_icalendar(content), by_icalendar(content).events[0]
    assert (read["METHOD"], read["VERSION"], read["X-WR-CALNAME"]) == ("PUBLISH", "2.0", "Mine")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in content
    assert (one["UID"], one["SEQUENCE"], one["STATUS"]) == ("4f3c@example.org", 2, "CONFIRMED")
    assert one["LOCATION"] == "Nydalsveien 28, Oslo; 4th floor"
    assert one["DESCRIPTION"] == "One\nTwo\n\nhttps://example.org/events/1/"
    assert one.DTSTAMP == one.LAST_MODIFIED == at(2026, 5, 1, 12)
    assert one["ORGANIZER"] == "mailto:landfall@localhost"


def test_lines_are_folded_and_end_as_they_should() -> None:
    content = calendar_file([entry(title="Åpningsmøte – " * 20, text="ø" * 500)])
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    for line in content.split(b"\r\n"):
        line.decode()  # no character is cut in two


def test_an_empty_file_is_one_too() -> None:
    assert by_icalendar(calendar_file([], name="Mine")).events == []
    by_vobject(calendar_file([], name="Mine"))


def test_taking_back_says_so() -> None:
    content = calendar_file([entry(standing=Standing.CANCELLED)], cancels=True)
    assert by_vobject(content).method.value == "CANCEL"
    assert statuses(content) == ["CANCELLED"]


# --- Hostile texts ---------------------------------------------------------------------------------------------------


def plainly_read(texts: list[str]) -> None:
    """Every text in every place of an entry: as many entries as before, each with the same names, and the texts."""
    entries = [entry(uid=f"{n}@x", title=one, place=one, text=one) for n, one in enumerate(texts)]
    content = calendar_file(entries, name=texts[0])
    read = by_icalendar(content)
    assert [one.name for one in read.subcomponents] == ["VTIMEZONE"] + ["VEVENT"] * len(texts)
    names = {"uid", "sequence", "dtstamp", "last-modified", "summary", "dtstart", "dtend", "status", "transp", "url"}
    for text, one, other in zip(texts, read.events, vevents(content), strict=True):
        assert (one["SUMMARY"], one.get("LOCATION", "")) == (clean(text), clean(text))
        assert one["DESCRIPTION"].endswith("https://example.org/events/1/")
        more = {"location", "description", "organizer", "x-microsoft-cdo-busystatus"}
        assert set(other.contents) == names | more


def test_naughty_strings_stay_texts(inputs: Path) -> None:
    plainly_read([one for one in json.loads((inputs / "hostile" / "blns.json").read_text()) if clean(one)])


INJECTION = "Lunch\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTACH:https://evil.example"


@settings(max_examples=60)
@given(st.text(max_size=200).filter(clean))
@example(INJECTION)
@example("\nBEGIN:VALARM\nACTION:AUDIO")
@example("a\\nb\\,c\\;d\\\\e")
@example("tab\tnul\x00vt\x0bff\x0cnel\x85ls\u2028ps\u2029")
@example("é" * 80)
@example("\ud800 half a character")
@example('";CN=evil:')
def test_any_text_stays_a_text(text: str) -> None:
    plainly_read([text])


# --- What changes the version ----------------------------------------------------------------------------------------


def test_the_version_differs_with_everything_that_is_written() -> None:
    plain = entry()
    others = [
        replace(plain, **{name: value})
        for name, value in {
            "uid": "x", "title": "x", "starts_at": at(2026, 6, 1, 8), "ends_at": None, "zone": "UTC",
            "whole_days": True, "standing": Standing.TENTATIVE, "sequence": 3, "changed_at": at(2026, 5, 2),
            "place": "x", "url": "x", "text": "x", "join": "x",
        }.items()
    ]  # fmt: skip
    versions = {version_of([one], "Mine") for one in [plain, *others]}
    assert len(versions) == 1 + len(Entry.__slots__)
    assert version_of([plain], "Mine") == version_of([entry()], "Mine") not in {version_of([plain], "Other")}


# --- Tracks ----------------------------------------------------------------------------------------------------------


def slot(pk: int, track: str, start: int | None, end: int | None) -> Slot:
    return Slot(pk, track, at(2026, 6, 1, start) if start else None, at(2026, 6, 1, end) if end else None)


DAY = [slot(1, "", 9, 10), slot(2, "A", 10, 12), slot(3, "B", 10, 12), slot(4, "C", 11, 13), slot(5, "B", 13, 14)]


@pytest.mark.parametrize(
    ("chosen", "out"), [(set(), set()), ({2}, {3, 4}), ({3}, {2, 4}), ({5}, set()), ({4}, {2, 3}), ({99}, set())]
)
def test_who_chose_a_track_misses_what_runs_beside_it(chosen: set[int], out: set[int]) -> None:
    assert left_out(DAY, chosen) == out


def test_what_is_for_everybody_and_what_has_no_time_is_never_left_out() -> None:
    slots = [slot(1, "", 9, 12), slot(2, "A", 10, 12), slot(3, "B", None, None)]
    assert left_out(slots, {2}) == set()


# --- Entries of an event ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "session", "status", "title"),
    [
        ({}, {}, "CONFIRMED", "Who pays"),
        ({"status": "tentative"}, {}, "TENTATIVE", "(to be confirmed) Who pays"),
        ({}, {"tentative": True}, "TENTATIVE", "(to be confirmed) Who pays"),
        ({"status": "cancelled"}, {"tentative": True}, "CANCELLED", "(cancelled) Who pays"),
    ],
)
def test_an_entry_says_how_the_event_stands(event: Any, session: Any, status: str, title: str) -> None:
    made = EventFactory(title="Who pays", sessions=[{"starts_at": at(2026, 6, 1, 7), **session}], **event)
    content = calendar_file(entries_of(made))
    assert (statuses(content), titles(content)) == ([status], [title])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status", "mark"),
    [
        ("requested", "TENTATIVE", "(asked for) "),
        ("waiting", "TENTATIVE", "(waiting list) "),
        ("offered", "TENTATIVE", "(place offered) "),
        ("confirmed", "CONFIRMED", ""),
        ("attended", "CONFIRMED", ""),
        ("absent", "CONFIRMED", ""),
        ("declined", "CANCELLED", "(cancelled) "),
        ("cancelled", "CANCELLED", "(cancelled) "),
    ],
)
def test_an_entry_says_how_the_person_stands(state: str, status: str, mark: str) -> None:
    one = registration(EventFactory(title="Who pays", place="Oslo"))
    one.state = state
    (found,) = entries_of(one.event, one)
    assert (found.standing, found.title) == (status, f"{mark}Who pays")
    assert bool(found.place) == (status != "CANCELLED")


@pytest.mark.django_db
def test_an_event_without_sessions_has_no_entries() -> None:
    assert entries_of(EventFactory(sessions=[])) == []


@pytest.mark.django_db
def test_ids_stay_when_it_moves_and_the_sequence_is_the_events() -> None:
    event = EventFactory(sequence=4)
    before = entries_of(event)
    event.sessions.update(starts_at=at(2027, 1, 1), ends_at=at(2027, 1, 2), title="New")
    event.sequence = 5
    after = entries_of(event)
    assert [one.uid for one in before] == [one.uid for one in after] == [f"{event.sessions.get().uid}@localhost"]
    assert (before[0].sequence, after[0].sequence) == (4, 5)


urlpatterns = [
    path("", include(([*urls.urlpatterns, path("events/join/<str:key>/", event, name="join")], "events"))),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("state", "fields", "shown"),
    [
        ("confirmed", {}, True),
        ("confirmed", {"place": "Oslo"}, True),
        ("waiting", {}, False),
        ("offered", {}, False),
        ("requested", {}, False),
        ("cancelled", {}, False),
        ("confirmed", {"link": ""}, False),
        ("confirmed", {"status": "cancelled"}, False),
    ],
)
def test_who_has_a_place_has_their_own_way_into_the_meeting(state: str, fields: Any, shown: bool) -> None:
    one = registration(EventFactory(link="https://meet.example/secret"))
    one.state = state
    for name, value in fields.items():
        setattr(one.event, name, value)
    address = f"http://localhost:8000/events/join/{one.join_key}/"
    for told_to, expected in ((one, shown), (None, False)):
        content = calendar_file(entries_of(one.event, told_to))
        (read,) = by_icalendar(content).events
        assert (f"Join the meeting: {address}" in read.get("DESCRIPTION", "")) == expected
        assert (one.join_key in content.decode().replace("\r\n ", "")) == expected
        assert "meet.example" not in content.decode().replace("\r\n ", "")
        assert read.get("LOCATION") == (one.event.place or (address if expected else None))


# --- Addresses that add it to a calendar on the web -------------------------------------------------------------------


def query(address: str) -> dict[str, list[str]]:
    assert "+" not in address
    return parse_qs(urlsplit(address).query)


@pytest.mark.django_db
def test_web_calendars_get_its_time_and_any_title() -> None:
    event = EventFactory(
        title='Q&A: "who pays"? #1 + 2\r\nø', place="Oslo & Bergen",
        sessions=[{"starts_at": at(2026, 6, 1, 7), "ends_at": at(2026, 6, 1, 9)}],
    )  # fmt: skip
    links = links_to(event, now=at(2026, 5, 1))
    assert links is not None
    assert not links.as_days
    google, outlook = query(links.google), query(links.outlook)
    assert google["text"] == outlook["subject"] == ['Q&A: "who pays"? #1 + 2\nø']
    assert google["dates"] == ["20260601T070000Z/20260601T090000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2026-06-01T07:00:00Z"], ["2026-06-01T09:00:00Z"])
    assert google["location"] == outlook["location"] == ["Oslo & Bergen"]


@pytest.mark.django_db
def test_web_calendars_get_several_sessions_as_days() -> None:
    last = {"starts_at": at(2026, 6, 3, 2), "ends_at": at(2026, 6, 3, 3)}  # still the second in Minneapolis
    event = EventFactory(time_zone="America/Chicago", sessions=[{"starts_at": at(2026, 5, 31, 14)}, last])
    links = links_to(event, now=at(2026, 5, 1))
    assert links is not None
    assert links.as_days
    assert query(links.google)["dates"] == ["20260531/20260603"]
    assert query(links.outlook)["allday"] == ["true"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"status": "cancelled"}, {"sessions": []}, {"sessions": [{"starts_at": at(2020, 1, 1)}]}]
)
def test_what_nobody_can_come_to_is_not_offered(fields: Any) -> None:
    event: Event = EventFactory(**fields)
    assert links_to(event, now=at(2026, 5, 1)) is None
