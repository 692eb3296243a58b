"""When the door is open, and which session somebody is in."""

from datetime import timedelta

import pytest

from lms.events.rules.being_there import Door, Span, chosen_among, door, sessions_now
from tests.factories.events import at

TEN, NOON = at(2026, 5, 4, 10), at(2026, 5, 4, 12)


def span(pk: int, starts=TEN, hours: float = 2, track: str = "") -> Span:
    return Span(pk, starts, starts + timedelta(hours=hours), track)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-16, Door.EARLY), (-15, Door.OPEN), (0, Door.OPEN), (119, Door.OPEN), (120, Door.OVER)],
)
def test_the_door_opens_a_quarter_before_and_closes_at_the_end(minutes, expected):
    assert door([span(1)], TEN + timedelta(minutes=minutes))[0] == expected


def test_too_early_says_when_it_opens():
    assert door([span(1)], at(2026, 5, 1)) == (Door.EARLY, at(2026, 5, 4, 9, 45))


def test_a_lunch_break_closes_no_door_and_a_night_does():
    days = [span(1), span(2, at(2026, 5, 4, 13)), span(3, at(2026, 5, 5, 10))]
    assert door(days, at(2026, 5, 4, 12, 30))[0] == Door.OPEN
    assert door(days, at(2026, 5, 4, 16)) == (Door.EARLY, at(2026, 5, 5, 9, 45))


def test_a_long_session_goes_on_after_a_short_one_beside_it():
    assert door([span(1, hours=8), span(2, hours=1, track="A")], at(2026, 5, 4, 17))[0] == Door.OPEN


def test_without_a_time_the_door_is_open():
    assert door([], TEN) == (Door.OPEN, None)


def test_only_what_runs_beside_another_track_is_a_choice():
    spans = [span(1, track="A"), span(2, track="B"), span(3, NOON, track="A"), span(4)]
    assert chosen_among(spans) == {1, 2}


def test_two_sessions_of_one_track_at_once_are_no_choice_between_tracks():
    assert chosen_among([span(1, track="A"), span(2, track="A")]) == set()


def test_one_is_in_what_runs_before_what_begins_soon():
    spans = [span(1), span(2, NOON)]
    assert sessions_now(spans, set(), at(2026, 5, 4, 11, 50)) == [1]
    assert sessions_now(spans, set(), NOON) == [2]
    assert sessions_now(spans, set(), at(2026, 5, 4, 9, 44)) == []
    assert sessions_now(spans, set(), at(2026, 5, 4, 9, 45)) == [1]
    assert sessions_now(spans, set(), at(2026, 5, 4, 14)) == []


def test_of_parallel_tracks_one_is_in_what_one_chose():
    spans = [span(1, track="A"), span(2, track="B")]
    assert sessions_now(spans, {2}, TEN) == [2]
    assert sessions_now(spans, set(), TEN) == [1, 2]


def test_who_chose_the_later_track_is_not_in_the_one_that_runs():
    """It begins in ten minutes, beside the second half of the other."""
    spans = [span(1, track="A"), span(2, at(2026, 5, 4, 11), track="B")]
    assert sessions_now(spans, {2}, at(2026, 5, 4, 10, 50)) == [2]
