"""A quiz is graded once, and kept with what was asked."""

from uuid import uuid4

import pytest

from courses import actions
from courses.models import QuizAttempt
from tests.courses.conftest import Learner
from tests.courses.test_learning import answer, asked
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_keeps_what_was_asked_and_answered(learner: Learner) -> None:
    attempt = answer(learner, revision=7)[0]
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed, attempt.quiz_key, attempt.revision) == (100, True, "quiz", 7)
    row = attempt.result["questions"][0]
    assert row["question"]["html"] == "<p>Is it?</p>"
    assert row["graded"]["earned"] == 100
    assert attempt.answers == {"q1": row["graded"]["chosen"]}


def test_the_same_token_twice_is_one_attempt_whatever_it_says_then(learner: Learner) -> None:
    token = uuid4()
    first = answer(learner, token=token)[0]
    second = answer(learner, token=token, right=False)[0]
    assert first == second
    assert second.passed
    assert QuizAttempt.objects.count() == 1


def test_another_token_is_another_attempt_and_a_pass_stays_a_pass(learner: Learner) -> None:
    answer(learner)
    assert not answer(learner, right=False)[0].passed
    assert answer(learner, right=False)[1].progress.quizzes_passed == 1
    assert QuizAttempt.objects.count() == 3


def test_what_cannot_be_graded_is_refused_and_leaves_nothing(learner: Learner) -> None:
    with pytest.raises(actions.QuizRefused) as refusal:
        actions.submit_quiz(learner.user.pk, learner.place(3), asked(learner, 3), token=uuid4(), answers={})
    assert list(refusal.value.problems) == ["q1"]
    assert not QuizAttempt.objects.exists()


def test_only_answers_to_questions_are_kept(learner: Learner) -> None:
    given = asked(learner, 3)
    option = given.questions[0].options[0].id
    sent = {"q1": [option], "evil": ["x" * 1_000_000]}
    attempt, _step = actions.submit_quiz(learner.user.pk, learner.place(3), given, token=uuid4(), answers=sent)
    assert attempt.answers == {"q1": [option]}


def test_somebody_who_has_not_started(learner: Learner) -> None:
    with pytest.raises(actions.NotEnrolled):
        actions.submit_quiz(UserFactory().pk, learner.place(3), asked(learner, 3), token=uuid4(), answers={})
