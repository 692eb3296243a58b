"""Which agreement gives a seat, whatever agreements there are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.seats.rules import Ruling, Terms, Verdict, fits, is_current, may_be_taken_back, remaining, ruling

DAY = date(2026, 11, 26)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def terms(pk: int, *, seats: int = 1, used: int = 0, ends: date | None = None, held: bool = False) -> Terms:
    return Terms(id=pk, name=f"Agreement {pk}", agreed=seats, extra=0, used=used, ends=ends, held=held)


@st.composite
def agreements(draw: st.DrawFn) -> list[Terms]:
    """Agreements with at most as many seats used as there are; a person holds a seat only where one is used."""
    made = []
    for pk in range(draw(st.integers(0, 5))):
        agreed, extra = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        used = draw(st.integers(0, agreed + extra))
        ends = draw(st.none() | st.dates(DAY, DAY + timedelta(days=3)))
        held = draw(st.booleans()) if used else False
        made.append(Terms(pk, f"Agreement {pk}", agreed, extra, used, None, ends, held))
    return made


@given(agreements())
def test_a_seat_is_taken_only_where_one_is_left(current: list[Terms]) -> None:
    found = ruling(current)
    if found.verdict is Verdict.TAKES:
        assert found.terms
        assert found.terms.remaining > 0
        assert fits(found.terms.agreed, found.terms.extra, found.terms.used + 1)
        assert not any(one.held for one in current)
    elif found.verdict is Verdict.FULL:
        assert current
        assert not any(one.held or one.remaining > 0 for one in current)


@given(agreements())
def test_who_holds_a_seat_may_start_and_takes_no_other(current: list[Terms]) -> None:
    assert (ruling(current).verdict is Verdict.HELD) == any(one.held for one in current)


@given(agreements())
def test_what_lasts_longer_stays_for_later(current: list[Terms]) -> None:
    found = ruling(current)
    if found.verdict is Verdict.TAKES:
        assert found.terms
        free = [one for one in current if one.remaining > 0]
        assert found.terms.ends == min(one.ends or date.max for one in free) or found.terms.ends is None
        if found.terms.ends is None:
            assert all(one.ends is None for one in free)


@given(agreements().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_in_which_they_are_read_does_not_matter(both: tuple[list[Terms], list[Terms]]) -> None:
    first, other = both
    assert ruling(first) == ruling(other)


def test_without_an_agreement_nothing_is_limited():
    assert ruling([]) == Ruling(Verdict.UNLIMITED)


def test_of_two_that_end_together_the_older_one_gives():
    older, newer = terms(1, ends=AFTER), terms(2, ends=AFTER)
    assert ruling([newer, older]).terms == older


def test_a_full_one_gives_way_to_the_next():
    assert ruling([terms(1, used=1, ends=DAY), terms(2)]).terms == terms(2)


def test_a_seat_held_in_a_longer_one_keeps_the_shorter_one_for_others():
    held = terms(2, used=1, held=True)
    assert ruling([terms(1, ends=DAY), held]) == Ruling(Verdict.HELD, held)


def test_no_seat_at_all_is_full():
    assert ruling([terms(1, seats=0)]).verdict is Verdict.FULL


@pytest.mark.parametrize(
    ("starts", "ends", "current"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (BEFORE, AFTER, True),
        (AFTER, None, False),
        (None, BEFORE, False),
        (None, DAY, True),
        (DAY, None, True),
    ],
)
def test_the_first_and_the_last_day_count(starts: date | None, ends: date | None, current: bool):
    assert is_current(starts, ends, DAY) is current


def test_what_was_added_later_counts():
    assert remaining(4, 1, 2) == 3
    assert fits(4, 1, 5)
    assert not fits(4, 1, 6)


@pytest.mark.parametrize(("at_work", "in_company"), [(False, True), (False, False), (True, False)])
def test_a_seat_is_taken_back_from_who_has_not_begun_or_has_left(at_work: bool, in_company: bool):
    assert may_be_taken_back(at_work=at_work, in_company=in_company)


def test_a_seat_stays_with_who_learns_with_it():
    assert not may_be_taken_back(at_work=True, in_company=True)
