"""Months, days and places, with plain values."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cms.diary.rules import Listed, Month, days_between, place_facet, slug_of

OSLO, CHICAGO = ZoneInfo("Europe/Oslo"), ZoneInfo("America/Chicago")


def at(*parts: int, zone: ZoneInfo = OSLO) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


def listed(pk: int = 1, place: str = "", online: bool = False) -> Listed:
    return Listed(pk, "meeting", place, online, None, None)


@pytest.mark.parametrize(("word", "month"), [("2027-05", (2027, 5)), ("2000-01", (2000, 1)), ("2099-12", (2099, 12))])
def test_a_word_is_a_month(word: str, month: tuple[int, int]):
    found = Month.read(word)
    assert found == month
    assert found is not None
    assert found.word == word


@pytest.mark.parametrize(
    "word", ["2027-5", "2027-13", "2027-00", "1999-12", "2100-01", "9999-99", "２０２７-05", "2027-05\n", "", "month"]
)
def test_other_words_are_none(word: str):
    assert Month.read(word) is None


def test_weeks_are_whole_and_begin_on_monday():
    weeks = Month(2027, 2).weeks()
    assert [week[0] for week in weeks] == [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15), date(2027, 2, 22)]
    assert weeks[-1][-1] == date(2027, 2, 28)
    assert Month(2027, 5).weeks()[-1] == [date(2027, 5, 31), *(date(2027, 6, day) for day in range(1, 7))]


def test_months_go_on_over_the_year():
    assert Month(2027, 12).moved(1) == (2028, 1)
    assert Month(2027, 1).moved(-1) == (2026, 12)
    assert not Month(2099, 12).moved(1).is_known
    assert not Month(2000, 1).moved(-1).is_known


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (at(2027, 5, 31, 9), None, [(5, 31)]),
        (at(2027, 5, 31, 9), at(2027, 6, 2, 12), [(5, 31), (6, 1), (6, 2)]),
        (at(2027, 5, 31, 20), at(2027, 6, 1, 0), [(5, 31)]),
        (at(2027, 5, 31, 20), at(2027, 6, 1, 0, 1), [(5, 31), (6, 1)]),
        (at(2027, 3, 27, 23), at(2027, 3, 28, 4), [(3, 27), (3, 28)]),
        (at(2027, 10, 31, 0), at(2027, 10, 31, 23, 59), [(10, 31)]),
        (at(2027, 6, 1, 18, 30, zone=CHICAGO), at(2027, 6, 1, 21, zone=CHICAGO), [(6, 2)]),
        (at(2027, 5, 31, 9, zone=CHICAGO), None, [(5, 31)]),
    ],
    ids=["no end", "three days", "to midnight", "past midnight", "spring", "autumn", "night at home", "same day"],
)
def test_the_days_something_stands_on(starts: datetime, ends: datetime | None, days: list[tuple[int, int]]):
    found = days_between(starts, ends, time_known=True, home=OSLO, there=CHICAGO)
    assert found == [date(2027, *day) for day in days]


def test_a_day_without_a_time_is_the_day_there():
    midnight = at(2027, 6, 2, zone=CHICAGO)  # seven in the morning at home
    east = ZoneInfo("Asia/Tokyo")
    assert days_between(midnight, None, time_known=False, home=OSLO, there=CHICAGO) == [date(2027, 6, 2)]
    tokyo = at(2027, 6, 2, zone=east)  # the evening before, at home
    assert days_between(tokyo, None, time_known=False, home=OSLO, there=east) == [date(2027, 6, 2)]


def test_places_written_alike_are_one_and_online_is_one():
    facet = place_facet([listed(1, "Oslo"), listed(2, "oslo "), listed(3, "Ålesund"), listed(4, "ONLINE")])
    assert list(facet.choices) == ["online", "oslo", "ålesund"]
    assert listed(1, "Oslo", online=True).places == ["oslo", "online"]
    assert listed(1).places == []


def test_a_place_of_signs_alone_has_an_address_too():
    assert slug_of("!!!") == "place"


def test_what_runs_is_not_past():
    running = Listed(1, "meeting", "", False, at(2027, 1, 1, 9), at(2027, 1, 1, 11))
    assert not running.is_past(at(2027, 1, 1, 10))
    assert running.is_past(at(2027, 1, 1, 11))
    assert not listed().is_past(at(2027, 1, 1, 10))
