"""The stage table, what a move misses, who needs help: plain values only."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from cohorts.rules import (
    CLOSED,
    LONG_DAYS,
    NEXT_STAGES,
    QUIET_DAYS,
    STEPPER,
    WAY,
    CompanyFacts,
    Missing,
    Pulse,
    Stage,
    is_forward,
    missing_for,
    next_stages,
    reasons_for_help,
    refusal,
    steps,
    urgency,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_every_stage_has_its_line_in_the_table_and_never_leads_to_itself():
    assert set(NEXT_STAGES) == set(Stage)
    assert all(stage not in following for stage, following in NEXT_STAGES.items())


def test_every_open_stage_can_be_left_and_every_closed_one_is_final():
    for stage in Stage:
        assert (not next_stages(stage)) == (stage in CLOSED)
        if stage not in CLOSED:
            assert Stage.WITHDRAWN in next_stages(stage)


def test_the_whole_way_can_be_gone_one_step_at_a_time():
    assert all(to in NEXT_STAGES[start] for start, to in pairwise(WAY))


def test_the_way_on_comes_first_among_the_moves():
    assert next_stages(Stage.REQUESTED) == [Stage.ADMITTED, Stage.WITHDRAWN, Stage.DECLINED]
    assert next_stages(Stage.REVIEW) == [Stage.DRAFTING, Stage.RECOMMENDED, Stage.WITHDRAWN]


@pytest.mark.parametrize(
    ("before", "to", "forward"),
    [
        (Stage.TRAINING, Stage.DRAFTING, True),
        (Stage.REVIEW, Stage.DRAFTING, False),
        (Stage.TRAINING, Stage.WITHDRAWN, False),
        (Stage.WITHDRAWN, Stage.TRAINING, False),
    ],
)
def test_forward_is_further_along_the_way(before, to, forward):
    assert is_forward(before, to) is forward


@pytest.mark.parametrize(
    ("stage", "facts", "missing"),
    [
        (Stage.MAPPING, CompanyFacts(), []),
        (Stage.TRAINING, CompanyFacts(), [Missing.NO_PEOPLE, Missing.NO_COURSES]),
        (Stage.TRAINING, CompanyFacts(people=1), [Missing.NO_COURSES]),
        (Stage.TRAINING, CompanyFacts(people=1, courses=1), []),
        (Stage.DRAFTING, CompanyFacts(people=3, courses=1), [Missing.NO_COURSE_COMPLETED]),
        (Stage.DRAFTING, CompanyFacts(people=3, courses=1, people_who_completed=1), []),
        (Stage.REVIEW, CompanyFacts(), []),
        (Stage.WITHDRAWN, CompanyFacts(), []),
    ],
)
def test_what_a_move_misses_follows_from_the_facts(stage, facts, missing):
    assert missing_for(stage, facts) == missing


def test_what_is_missing_stops_the_move_until_there_is_a_reason():
    missing = [Missing.NO_COURSE_COMPLETED]
    sentence = refusal(Stage.TRAINING, Stage.DRAFTING, missing, "  ")
    assert "completed a course" in sentence
    assert "write a reason" in sentence
    assert refusal(Stage.TRAINING, Stage.DRAFTING, missing, "They bring a strategy of their own.") == ""


def test_no_reason_opens_a_way_that_is_not_in_the_table():
    sentence = refusal(Stage.REQUESTED, Stage.REVIEW, [], "Because")
    assert "It can go to: Admitted, Withdrawn, Declined." in sentence


def test_a_final_stage_says_that_it_is_final():
    assert "final" in refusal(Stage.DECLINED, Stage.ADMITTED, [], "Because")


def test_going_back_asks_for_nothing():
    assert refusal(Stage.REVIEW, Stage.DRAFTING, [Missing.NO_COURSE_COMPLETED], "") == ""


@pytest.mark.parametrize("stage", sorted(LONG_DAYS))
def test_a_day_over_the_usual_time_is_a_reason_and_the_last_usual_day_is_not(stage):
    on_time = Pulse(stage, ago(LONG_DAYS[stage]), people=1, last_active=NOW)
    late = Pulse(stage, ago(LONG_DAYS[stage] + 1), people=1, last_active=NOW)
    assert reasons_for_help(on_time, NOW) == []
    assert len(reasons_for_help(late, NOW)) == 1


@pytest.mark.parametrize(
    ("pulse", "reasons"),
    [
        (Pulse(Stage.TRAINING, ago(1)), ["Nobody has an account yet"]),
        (Pulse(Stage.TRAINING, ago(1), people=2), []),
        (Pulse(Stage.TRAINING, ago(QUIET_DAYS + 1), people=2), ["Nobody has opened a lesson yet"]),
        (Pulse(Stage.TRAINING, ago(30), people=2, last_active=ago(QUIET_DAYS)), []),
        (Pulse(Stage.TRAINING, ago(30), people=2, last_active=ago(16)), ["Nobody active for 16 days"]),
        (Pulse(Stage.REVIEW, ago(3), people=2, last_active=ago(60)), []),
        (Pulse(Stage.WITHDRAWN, ago(900)), []),
        (Pulse(Stage.TRAINING, NOW + timedelta(days=2), people=1, last_active=NOW + timedelta(days=1)), []),
    ],
)
def test_why_somebody_should_call(pulse, reasons):
    assert reasons_for_help(pulse, NOW) == reasons


def test_more_reasons_come_before_more_days():
    quiet_and_late = Pulse(Stage.TRAINING, ago(70), people=1, last_active=ago(40))
    very_late = Pulse(Stage.REVIEW, ago(200), people=1)
    late = Pulse(Stage.REVIEW, ago(20), people=1)
    fine = Pulse(Stage.TRAINING, ago(2), people=1, last_active=NOW)
    closed = Pulse(Stage.WITHDRAWN, ago(900))
    ordered = sorted([closed, fine, late, very_late, quiet_and_late], key=lambda pulse: urgency(pulse, NOW))
    assert ordered == [quiet_and_late, very_late, late, fine, closed]


@pytest.mark.parametrize(
    ("stage", "states"),
    [
        (Stage.REQUESTED, ["ahead"] * 6),
        (Stage.MAPPING, ["now"] + ["ahead"] * 5),
        (Stage.DRAFTING, ["done", "done", "now", "ahead", "ahead", "ahead"]),
        (Stage.COMPLETED, ["done"] * 6),
        (Stage.WITHDRAWN, ["ahead"] * 6),
    ],
)
def test_the_stepper_shows_what_is_behind_and_ahead(stage, states):
    drawn = steps(stage)
    assert [step.state for step in drawn] == states
    assert [step.label for step in drawn] == [step.label for step in STEPPER]
