"""How an event is told in a line."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cms.diary.words import Span, places, when, zone_words

OSLO, CHICAGO = ZoneInfo("Europe/Oslo"), ZoneInfo("America/Chicago")
TODAY = date(2027, 1, 5)


def at(*parts: int, zone: ZoneInfo = OSLO) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


def span(starts: datetime, ends: datetime | None = None, *, last: datetime | None = None, known: bool = True) -> Span:
    return Span(starts, known, last or starts, ends)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (span(at(2027, 5, 3, 9), at(2027, 5, 3, 11)), "Monday 3 May, 09:00–11:00"),
        (span(at(2027, 5, 3, 9)), "Monday 3 May, from 09:00"),
        (span(at(2027, 5, 3), known=False), "Monday 3 May, time to come"),
        (span(at(2027, 5, 31, 9), at(2027, 6, 2, 12)), "31 May – 2 June, from 09:00"),
        (span(at(2027, 5, 31, 9), at(2027, 6, 1, 21), last=at(2027, 6, 2)), "31 May – 2 June, from 09:00"),
        (span(at(2027, 5, 31), at(2027, 6, 1, 21), known=False), "31 May – 1 June, time to come"),
        (span(at(2027, 5, 3, 20), at(2027, 5, 4, 0)), "Monday 3 May, 20:00–00:00"),
        (span(at(2028, 5, 3, 9), at(2028, 5, 3, 11)), "Wednesday 3 May 2028, 09:00–11:00"),
        (span(at(2027, 12, 31, 9), at(2028, 1, 2, 11)), "31 December 2027 – 2 January 2028, from 09:00"),
    ],
)
def test_when(told: Span, words: str):
    assert when(told, OSLO, TODAY) == words


def test_when_is_told_in_the_events_own_zone():
    evening = span(at(2027, 6, 1, 18, 30, zone=CHICAGO), at(2027, 6, 1, 21, zone=CHICAGO))
    assert when(evening, CHICAGO, TODAY) == "Tuesday 1 June, 18:30–21:00"


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("Europe/Oslo", at(2027, 1, 5), "Oslo time (CET)"),
        ("Europe/Oslo", at(2027, 7, 5), "Oslo time (CEST)"),
        ("America/New_York", at(2027, 7, 5), "New York time (EDT)"),
        ("America/Sao_Paulo", at(2027, 7, 5), "Sao Paulo time (UTC-03)"),
        ("UTC", at(2027, 7, 5), "UTC"),
    ],
)
def test_a_zone_has_a_name(zone: str, moment: datetime, words: str):
    assert zone_words(moment, ZoneInfo(zone)) == words


@pytest.mark.parametrize(
    ("capacity", "holding", "in_line", "words"),
    [
        (None, 900, 0, "No limit on places"),
        (12, 0, 0, "12 places left"),
        (12, 11, 0, "1 place left"),
        (12, 12, 0, "Full"),
        (12, 14, 0, "Full"),
        (12, 12, 3, "Full, 3 wait"),
        (12, 11, 2, "Full, 2 wait"),
        (12, 12, 1, "Full, 1 waits"),
        (0, 0, 0, "Full"),
    ],
)
def test_places(capacity: int | None, holding: int, in_line: int, words: str):
    assert places(capacity, holding=holding, in_line=in_line) == words
