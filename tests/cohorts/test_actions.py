"""Moving a company from stage to stage."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from cohorts.actions import MoveRefused, move_to
from cohorts.models import Participation
from cohorts.rules import NEXT_STAGES, Stage, is_forward, missing_for
from cohorts.selectors import facts_of, moves_of
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import ParticipationFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db

ALLOWED = [(start, to) for start in Stage for to in Stage if to in NEXT_STAGES[start]]
REFUSED = [(start, to) for start in Stage for to in Stage if start != to and to not in NEXT_STAGES[start]]


def moves() -> QuerySet[ModelLogEntry]:
    return ModelLogEntry.objects.filter(action="cohorts.move")


@pytest.mark.parametrize(("start", "to"), ALLOWED)
def test_goes_every_way_in_the_table_with_a_reason(start, to):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    participation = ParticipationFactory(stage=start, stage_since=long_ago)
    moved = move_to(participation, to, by=None, reason="Agreed on the phone.")
    participation.refresh_from_db()
    assert participation.stage == moved.stage == to
    assert moved.stage_since > long_ago
    assert moves().get().data["to"] == to


@pytest.mark.parametrize(("start", "to"), REFUSED)
def test_refuses_every_way_not_in_the_table_whatever_the_reason(start, to):
    participation = ParticipationFactory(stage=start)
    with pytest.raises(MoveRefused) as refused:
        move_to(participation, to, by=None, reason="Because.")
    participation.refresh_from_db()
    assert participation.stage == start
    assert refused.value.sentence
    assert not moves().exists()


@pytest.mark.parametrize("stage", Stage)
def test_asking_for_the_stage_it_is_in_changes_nothing(stage):
    participation = ParticipationFactory(stage=stage)
    since = participation.stage_since
    assert move_to(participation, stage, by=None).stage_since == since
    assert not moves().exists()


@pytest.mark.parametrize(("start", "to"), [pair for pair in ALLOWED if is_forward(*pair)])
def test_what_is_missing_is_what_stops_a_forward_move(start, to):
    participation = ParticipationFactory(stage=start)
    missing = missing_for(to, facts_of(participation))
    if not missing:
        assert move_to(participation, to, by=None).stage == to
        return
    with pytest.raises(MoveRefused) as refused:
        move_to(participation, to, by=None, reason="   ")
    assert all(str(item.label) in refused.value.sentence for item in missing)


def test_a_double_click_moves_once():
    participation = ParticipationFactory()
    move_to(participation, Stage.ADMITTED, by=None)
    move_to(participation, Stage.ADMITTED, by=None)  # a stale copy, as a double click sends
    assert moves().count() == 1


def test_the_log_keeps_who_from_where_why_and_what_was_missing():
    advisor = UserFactory(full_name="Demo Advisor")
    participation = ParticipationFactory(stage=Stage.TRAINING)
    move_to(participation, Stage.DRAFTING, by=advisor, reason="  They bring their own.  ")
    move = moves_of(participation)[0]
    assert (move.who, move.before, move.to, move.reason) == (
        "Demo Advisor",
        "Training",
        "Drafting",
        "They bring their own.",
    )
    assert move.missing == ("Nobody from the company has completed a course of this cohort yet.",)
    assert move.sentence == "Moved from “Training” to “Drafting”"


def test_history_is_that_of_one_company_newest_first():
    participation, other = ParticipationFactory(), ParticipationFactory()
    for stage in (Stage.ADMITTED, Stage.MAPPING):
        move_to(participation, stage, by=None)
    move_to(other, Stage.DECLINED, by=None)
    assert [move.to for move in moves_of(participation)] == ["Mapping", "Admitted"]


def test_an_erased_mover_leaves_the_move():
    advisor = UserFactory()
    participation = ParticipationFactory()
    move_to(participation, Stage.ADMITTED, by=advisor)
    advisor.delete()
    assert moves_of(participation)[0].to == "Admitted"


def test_people_who_left_do_not_count_as_people():
    participation = ParticipationFactory(stage=Stage.MAPPING)
    assert facts_of(participation).people == 0
    MembershipFactory(company=participation.company)
    MembershipFactory(company=participation.company, state="left")
    MembershipFactory(company=participation.company, state="asked")
    assert facts_of(participation).people == 1


# --- Two at once -----------------------------------------------------------------------------------------------------


def race(participation: Participation, *stages: Stage, alone: bool = True) -> list[Any]:
    """All moves at once, meeting just after each has read the company."""
    moving = [lambda stage=stage: move_to(participation, stage, by=None) for stage in stages]
    return at_once(*moving, after='FROM "cohorts_participation"', alone=alone)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_same_move_twice_at_once_is_one_move():
    participation = ParticipationFactory()
    results = race(participation, Stage.ADMITTED, Stage.ADMITTED)
    assert [result.stage for result in results] == [Stage.ADMITTED, Stage.ADMITTED]
    assert moves().count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_sees_what_the_first_did():
    participation = ParticipationFactory(stage=Stage.REQUESTED)
    results = race(participation, Stage.DECLINED, Stage.WITHDRAWN)
    refused = [result for result in results if isinstance(result, MoveRefused)]
    assert len(refused) == 1
    assert "final" in refused[0].sentence
    assert moves().count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_move_is_made_twice(monkeypatch):
    """The negative control: what the two tests above would not notice if they could not fail."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction in at a time, lock or no lock")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, *args, **kwargs: queryset)
    participation = ParticipationFactory()
    race(participation, Stage.ADMITTED, Stage.ADMITTED, alone=False)
    assert moves().count() == 2
