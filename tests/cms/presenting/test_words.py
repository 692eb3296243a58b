"""When an event is, in words, in its own zone."""

from datetime import UTC, datetime

import pytest

from cms.presenting.words import begins, days
from lms.events.models import Event


def event(start: datetime | None, end: datetime | None = None, zone: str = "Europe/Oslo") -> Event:
    return Event(starts_at=start, ends_at=end, time_zone=zone)


@pytest.mark.parametrize(
    ("start", "zone", "words"),
    [
        (datetime(2027, 3, 12, 9, tzinfo=UTC), "Europe/Oslo", "12 March 2027, 10:00 CET"),
        (datetime(2027, 6, 12, 9, tzinfo=UTC), "Europe/Oslo", "12 June 2027, 11:00 CEST"),
        (datetime(2023, 5, 31, 14, tzinfo=UTC), "America/Chicago", "31 May 2023, 09:00 CDT"),
        (datetime(2023, 6, 2, 5, tzinfo=UTC), "America/Chicago", "2 June 2023"),
        (None, "Europe/Oslo", ""),
    ],
)
def test_when_it_begins(start: datetime | None, zone: str, words: str) -> None:
    assert begins(event(start, zone=zone)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (datetime(2023, 5, 31, 14, tzinfo=UTC), datetime(2023, 6, 3, 5, tzinfo=UTC), "31 May 2023 to 2 June 2023"),
        (datetime(2023, 5, 31, 14, tzinfo=UTC), datetime(2023, 5, 31, 15, tzinfo=UTC), "31 May 2023"),
        (datetime(2023, 5, 31, 14, tzinfo=UTC), None, "31 May 2023"),
        (None, None, ""),
    ],
)
def test_the_days_it_lasts(start: datetime | None, end: datetime | None, words: str) -> None:
    assert days(event(start, end, "America/Chicago")) == words
