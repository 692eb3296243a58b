"""Where listeners go on, how time reads, what is one passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.masterclasses.captions import clock
from cms.masterclasses.listening import LONGEST, Place, grouped, place_after, segments, whole_minutes


@pytest.mark.parametrize(
    ("position", "duration", "ended", "place"),
    [
        (0, 100, False, Place(0, False)),
        (61.9, 100, False, Place(61, False)),
        (-5, 100, False, Place(0, False)),
        (94.9, 100, False, Place(94, False)),
        (95, 100, False, Place(0, True)),
        (1e12, 100, False, Place(0, True)),
        (3, 100, True, Place(0, True)),
        (61.9, None, False, Place(61, False)),
        (1e12, None, False, Place(LONGEST, False)),
        (3, None, True, Place(0, True)),
        (3, 0, False, Place(3, False)),
    ],
)
def test_where_a_listener_goes_on(position: float, duration: int | None, ended: bool, place: Place) -> None:
    assert place_after(position, duration=duration, ended=ended) == place


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (9.99, "0:09"), (598, "9:58"), (3599, "59:59"), (3723, "1:02:03")]
)
def test_the_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_nothing_lasts_no_minute() -> None:
    assert [whole_minutes(seconds) for seconds in (1, 29, 89, 91, 1440)] == [1, 1, 1, 2, 24]


def test_the_line_is_one_piece_without_chapters() -> None:
    assert [(one.start, one.end, one.x, one.width) for one in segments([], 60)] == [(0, 60, 0, 1000)]


@given(st.lists(st.integers(0, 10_000), max_size=40), st.integers(1, 9_000))
def test_the_line_is_whole_and_in_order(starts: list[int], duration: int) -> None:
    made = segments(starts, duration)
    assert (made[0].start, made[-1].end) == (0, duration)
    assert [one.end for one in made[:-1]] == [one.start for one in made[1:]]
    assert {one.start for one in made} == {0, *(start for start in starts if start < duration)}
    assert all(0 <= one.x <= 1000 and one.width >= 1 for one in made)


def test_passages_are_about_half_a_minute() -> None:
    cues = [(float(second), f"w{second}") for second in range(0, 100, 10)]
    assert list(grouped(cues)) == [(0, "w0 w10 w20"), (30, "w30 w40 w50"), (60, "w60 w70 w80"), (90, "w90")]
    assert list(grouped([])) == []
    assert list(grouped([(5.5, "late")])) == [(5, "late")]
