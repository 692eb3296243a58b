"""Two at once: each race with the lock or constraint that carries it, and without, where it must show."""

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from courses import actions
from courses.actions import Written, learning
from courses.models import Enrolment, LessonProgress, QuizAttempt, WorksheetAnswer
from tests.courses.conftest import Learner, make_learner, outline_of
from tests.courses.test_learning import asked
from tests.courses.test_worksheets import QUESTIONS
from tests.factories.accounts import MembershipFactory
from tests.factories.courses import EnrolmentFactory, make_course
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def learner(transactional_db: None) -> Learner:
    return make_learner()


def test_starting_twice_at_once_is_one_start(learner: Learner) -> None:
    course = outline_of(make_course())
    start = partial(actions.enrol, learner.user, course, company=None)
    results = at_once(start, start, before='INSERT INTO "courses_enrolment"')
    assert results[0] == results[1]
    assert Enrolment.objects.filter(course=course.id).count() == 1


def test_marking_twice_at_once_is_one_mark(learner: Learner) -> None:
    place = learner.place(0)
    done = at_once(
        *[lambda: actions.complete_lesson(learner.user.pk, place)] * 4, before="INSERT INTO courses_lessonprogress"
    )
    assert [step.progress.lessons_done for step in done] == [1, 1, 1, 1]
    assert LessonProgress.objects.count() == 1


def last_two_steps(learner: Learner, *, alone: bool = True) -> list[Any]:
    """All but the last lesson and the quiz done; then both at once, meeting when each has looked at what is done."""
    for index in (0, 1, 2):
        actions.complete_lesson(learner.user.pk, learner.place(index))
    place, given = learner.place(3), asked(learner, 3)
    answers = {"q1": [given.questions[0].options[0].id]}
    return at_once(
        lambda: actions.complete_lesson(learner.user.pk, place),
        lambda: actions.submit_quiz(learner.user.pk, place, given, token=uuid4(), answers=answers)[1],
        after="SELECT 1, e.user_id",
        alone=alone,
    )


def test_the_last_two_steps_at_once_complete_the_course_once(learner: Learner) -> None:
    steps = last_two_steps(learner)
    assert sorted(step.completed_course for step in steps) == [False, True]
    assert learner.completed


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def test_without_the_lock_the_last_two_steps_miss_each_other(learner: Learner) -> None:
    with patch.object(learning, "LOCK", ""), patch.object(QuerySet, "select_for_update", unlocked):
        last_two_steps(learner, alone=ONE_WRITER)
    assert learner.completed is ONE_WRITER


def same_token(learner: Learner, *, alone: bool = True) -> list[Any]:
    place, given, token = learner.place(3), asked(learner, 3), uuid4()
    answers = {"q1": [given.questions[0].options[0].id]}
    send = partial(actions.submit_quiz, learner.user.pk, place, given, token=token, answers=answers)
    return at_once(send, send, before='INSERT INTO "courses_quizattempt"', alone=alone)


def test_a_quiz_sent_twice_at_once_is_graded_once(learner: Learner) -> None:
    first, second = same_token(learner)
    assert first[0] == second[0]
    assert QuizAttempt.objects.count() == 1


def test_without_the_lock_the_constraint_still_holds(learner: Learner) -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = same_token(learner, alone=ONE_WRITER)
    assert QuizAttempt.objects.count() == 1
    assert [type(result).__name__ for result in results].count("IntegrityError") == (0 if ONE_WRITER else 1)


def write_together(learner: Learner, before: str, version: int, *, alone: bool = True) -> list[Any]:
    """Two colleagues save the same box, both over `version`."""
    colleague = MembershipFactory(company=learner.company).user
    EnrolmentFactory(user=colleague, course=learner.page)
    place = learner.place(0)

    def save(user: Any, text: str) -> Callable[[], Any]:
        written = {"payer": Written(text, version)}
        return lambda: actions.save_worksheet(user, place, QUESTIONS, written, company=learner.company)

    return at_once(save(learner.user, "Mine."), save(colleague, "Theirs."), before=before, alone=alone)


def test_two_first_texts_at_once_one_is_kept_and_the_other_asked(learner: Learner) -> None:
    results = write_together(learner, 'INSERT INTO "courses_worksheetanswer"', 0)
    assert sorted(len(saved.conflicts) for saved in results) == [0, 1]
    assert WorksheetAnswer.objects.count() == 1


def existing(learner: Learner) -> None:
    written = {"payer": Written("Before.")}
    actions.save_worksheet(learner.user, learner.place(0), QUESTIONS, written, company=learner.company)


def test_two_changes_at_once_one_is_kept_and_the_other_asked(learner: Learner) -> None:
    existing(learner)
    results = write_together(learner, 'INSERT INTO "courses_worksheetanswerversion"', 1)
    assert sorted(len(saved.conflicts) for saved in results) == [0, 1]
    assert WorksheetAnswer.objects.get().version == 2


def test_without_the_lock_two_changes_collide(learner: Learner) -> None:
    existing(learner)
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = write_together(learner, 'INSERT INTO "courses_worksheetanswerversion"', 1, alone=ONE_WRITER)
    assert [type(result).__name__ for result in results].count("IntegrityError") == (0 if ONE_WRITER else 1)
