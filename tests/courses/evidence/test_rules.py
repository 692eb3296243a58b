"""Who may begin a course that comes after others."""

import pytest

from courses.evidence.rules import refusal_to_decide, refusal_to_send, refusal_to_withdraw, says_enough, standing
from courses.rules import EvidenceState
from courses.rules.editing import leads_back


def test_a_course_without_requirements_is_open():
    assert standing((), ()).open


def test_all_required_ones_are_needed_and_the_missing_ones_are_named():
    assert standing((1, 2), {1}) == standing((1, 2), {1, 3})
    assert (standing((1, 2), {1}).open, standing((1, 2), {1}).missing) == (False, (2,))
    assert standing((1, 2), {1, 2}).open


@pytest.mark.parametrize("how", ["started", "accepted"])
def test_who_has_started_or_shown_enough_comes_in_without(how: str):
    assert standing((1,), (), **{how: True}).open


def test_what_is_accepted_stays():
    assert refusal_to_send(EvidenceState.ACCEPTED)
    assert refusal_to_decide(EvidenceState.ACCEPTED)
    assert refusal_to_withdraw(EvidenceState.ACCEPTED)
    assert refusal_to_decide(EvidenceState.WITHDRAWN)
    for state in (EvidenceState.SENT, EvidenceState.ASKED):
        assert not refusal_to_send(state) + refusal_to_decide(state) + refusal_to_withdraw(state)
    assert not refusal_to_send(None) + refusal_to_send(EvidenceState.WITHDRAWN)


@pytest.mark.parametrize(("text", "enough"), [("", False), (" \n\t" * 20, False), ("yes", False), ("x" * 15, True)])
def test_spaces_say_nothing(text: str, enough: bool):
    assert says_enough(text) == enough


@pytest.mark.parametrize(
    ("requires", "back"),
    [
        ({"a": ["b"], "b": ["c"]}, None),
        ({"a": ["a"]}, "a"),
        ({"a": ["b", "c"], "c": ["d"], "d": ["a"]}, "c"),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, None),
        ({}, None),
    ],
)
def test_a_circle_is_found_and_another_one_does_not_hang(requires: dict[str, list[str]], back: str | None):
    assert leads_back("a", requires) == back
