"""Two at once: one assessment, one report, and no answer lost; each by a constraint or the lock that carries it."""

from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet

from courses.readiness import actions
from courses.readiness.actions import Conflict, Said
from courses.readiness.models import Answer, Assessment, Report
from tests.factories.accounts import MembershipFactory
from tests.factories.readiness import answered, edition
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_two_who_begin_at_once_answer_the_same_assessment(transactional_db: None) -> None:
    edition()
    membership = MembershipFactory()
    colleague = MembershipFactory(company=membership.company)
    begun = at_once(
        *[lambda by=who.user: actions.start(membership.company, by=by) for who in (membership, colleague)],
        before='INSERT INTO "readiness_assessment"',
        alone=ONE_WRITER,
    )
    assert begun[0] == begun[1]
    assert Assessment.objects.count() == 1


def change_together(*, alone: bool = True) -> list[Any]:
    """Two colleagues change the same answer, both having seen version 1."""
    edition()
    assessment = answered(**{"market-0": 2})
    colleague = MembershipFactory(company=assessment.company).user
    return at_once(
        lambda: actions.answer(assessment, "market-0", Said(worth=3, version=1), by=assessment.started_by),
        lambda: actions.answer(assessment, "market-0", Said(worth=4, version=1), by=colleague),
        after='FROM "readiness_answer"',
        alone=alone,
    )


def test_of_two_changes_at_once_one_is_kept_and_the_other_is_told(transactional_db: None) -> None:
    results = change_together()
    assert sorted(type(result).__name__ for result in results) == ["Answer", "Conflict"]
    assert Answer.objects.get().version == 2


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def test_without_the_lock_one_of_them_is_lost_unseen(transactional_db: None) -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = change_together(alone=ONE_WRITER)
    assert any(isinstance(result, Conflict) for result in results) is ONE_WRITER


def test_finishing_twice_at_once_is_one_report(transactional_db: None) -> None:
    edition()
    assessment = answered(**{"market-0": 2})
    finish = partial(actions.finish, assessment, by=assessment.started_by)
    first, second = at_once(finish, finish, before='INSERT INTO "readiness_report"')
    assert first == second
    assert Report.objects.count() == 1
