"""Two administrators press at once: one mail; one colleague takes it. With the lock, and without."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet

from courses.models import LearningPath, PathStep
from courses.team import actions
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory
from tests.factories.courses import make_course
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def remind_at_once(*, alone: bool = True) -> int:
    """Two administrators remind the same colleague; how many mails are owed."""
    one = MembershipFactory(admin=True)
    two = MembershipFactory(admin=True, company=one.company)
    kari = MembershipFactory(company=one.company)
    at_once(
        *[lambda by=by: actions.nudge(kari, by=by.user) for by in (one, two)],
        before='INSERT INTO "notifications_message"',
        alone=alone,
    )
    return Message.objects.filter(recipient=kari.user).count()


def test_two_administrators_at_once_send_one_mail() -> None:
    assert remind_at_once() == 1


def test_without_the_lock_two_mails_go_out() -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        assert remind_at_once(alone=ONE_WRITER) == (1 if ONE_WRITER else 2)


def give_on_at_once(*, alone: bool = True) -> int:
    """Two administrators give the same step to two colleagues; how many take it."""
    one = MembershipFactory(admin=True)
    kari, brage, liv = (MembershipFactory(company=one.company) for _ in range(3))
    path = LearningPath.objects.create(company=one.company)
    step = PathStep.objects.create(path=path, course=make_course())
    step.people.add(kari.user)
    at_once(
        *[lambda to=to: actions.reassign(kari, to, by=one.user) for to in (brage, liv)],
        before='DELETE FROM "courses_pathstep_people"',
        alone=alone,
    )
    return step.people.count()


def test_a_step_goes_to_one_colleague() -> None:
    assert give_on_at_once() == 1


def test_without_the_lock_two_take_it() -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        assert give_on_at_once(alone=ONE_WRITER) == (1 if ONE_WRITER else 2)
