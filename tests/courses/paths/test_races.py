"""Two advisors at once: one is told, and nothing of either is lost unseen."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet

from courses.models import LearningPath
from courses.paths import actions
from courses.paths.actions import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course
from tests.factories.paths import make_path
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def adjust_together(*, alone: bool = True) -> list[Any]:
    """One adds a course while the other makes the order free; both have seen version 1."""
    first, second = make_course(), make_course()
    path, advisors = make_path(None, first), [UserFactory(), UserFactory()]
    return at_once(
        lambda: actions.add(path, second.pk, reason="Because", version=1, by=advisors[0]),
        lambda: actions.set_order(path, ordered=False, version=1, by=advisors[1]),
        after='WHERE "courses_learningpath"."id" = %s',
        alone=alone,
    )


def test_of_two_who_adjust_at_once_one_is_told(transactional_db: None) -> None:
    results = adjust_together()
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert LearningPath.objects.get().version == 2


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def test_without_the_lock_both_go_through_and_neither_is_told(transactional_db: None) -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = adjust_together(alone=ONE_WRITER)
    assert any(isinstance(result, Conflict) for result in results) is ONE_WRITER
