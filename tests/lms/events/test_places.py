"""Places, as rules: what is free, whose turn it is, and where a registration may go."""

import pytest

from lms.events.rules import (
    ACTIVE,
    DONE,
    HOLDING,
    Limits,
    Party,
    RegistrationState,
    free_places,
    held_for,
    may_become,
    next_offers,
    nok,
    room_for,
)
from lms.events.rules.states import NEXT


def line(*sizes: int) -> list[Party]:
    return [Party((turn,), size) for turn, size in enumerate(sizes)]


@pytest.mark.parametrize(("capacity", "holding", "free"), [(None, 9, None), (0, 0, 0), (3, 1, 2), (3, 3, 0), (3, 5, 0)])
def test_free_places_are_never_fewer_than_none(capacity, holding, free):
    assert free_places(capacity, holding) == free


@pytest.mark.parametrize(
    ("sizes", "free", "chosen"),
    [
        ([], 3, []),
        ([1, 1, 1], 0, []),
        ([1, 1, 1], 2, [1, 1]),
        ([1, 3, 1], 3, [1]),  # the three hold the line: the one behind them does not overtake
        ([3, 1], 2, []),
        ([2, 1, 1], 3, [2, 1]),
        ([4, 9], None, [4, 9]),
    ],
)
def test_places_go_to_the_head_of_the_line_until_a_party_does_not_fit(sizes, free, chosen):
    assert [party.size for party in next_offers(line(*sizes), free)] == chosen


def test_turns_decide_and_not_the_order_of_a_list():
    late, early = Party((2, 1), 1), Party((1, 9), 1)
    assert next_offers([late, early], 1) == [early]


@pytest.mark.parametrize(
    ("sizes", "free", "kept_for"),
    [([], 2, None), ([1], 2, None), ([3, 1], 2, 3), ([3, 1], 0, None), ([3], None, None), ([2, 9], 2, None)],
)
def test_places_are_kept_for_a_head_that_is_larger_than_what_is_free(sizes, free, kept_for):
    found = held_for(line(*sizes), free)
    assert (found.size if found else None) == kept_for


@pytest.mark.parametrize(
    ("limits", "holding", "waiting", "of_company", "places", "company"),
    [
        (Limits(), 5, 0, 5, None, None),
        (Limits(capacity=5), 3, 0, 0, 2, None),
        (Limits(capacity=5), 3, 1, 0, 0, None),  # what is free belongs to who waits
        (Limits(capacity=5), 7, 0, 0, 0, None),
        (Limits(per_company=2), 0, 0, 1, None, 1),
        (Limits(per_company=2), 0, 0, 4, None, 0),
    ],
)
def test_room(limits, holding, waiting, of_company, places, company):
    room = room_for(limits, holding=holding, waiting=waiting, of_company=of_company)
    assert (room.places, room.company) == (places, company)


@pytest.mark.parametrize("state", RegistrationState)
def test_every_state_is_active_or_done_and_an_end_is_an_end(state):
    assert (state in ACTIVE) != (state in DONE)
    assert not (state in DONE and NEXT[state])
    assert HOLDING < ACTIVE


@pytest.mark.parametrize("state", [one for one in RegistrationState if one in HOLDING])
def test_nobody_who_has_a_place_goes_back_into_the_line(state):
    assert not may_become(state, RegistrationState.WAITING)
    assert not may_become(state, RegistrationState.REQUESTED)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "NOK 0"), (500_000, "NOK 5,000"), (12_345, "NOK 123.45"), (100_000_001, "NOK 1,000,000.01")],
)
def test_money(amount, words):
    assert nok(amount) == words
