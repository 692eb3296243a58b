"""Quizzes: graded once, kept with what was asked."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses import rules
from courses.actions.learning import Step, lock_enrolment, settle
from courses.models import QuizAttempt
from courses.rules import Answers, Quiz, Result
from courses.rules.answers import MAX_ANSWER
from courses.selectors import Place, learner_state


class QuizRefused(ValueError):
    """Nothing was graded: `problems` says by question key what is to be mended."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(f"{len(self.problems)} answers")


@transaction.atomic
def submit_quiz(
    user_id: int,
    place: Place,
    quiz: Quiz,
    *,
    token: UUID,
    answers: Answers,
    revision: int | None = None,
    now: datetime | None = None,
) -> tuple[QuizAttempt, Step]:
    """Grade what was sent, once a token: sent again, the same attempt comes back, whatever the answers say by then.

    Raises NotEnrolled, and QuizRefused when an answer is missing or cannot be read.
    """
    moment = now or timezone.now()
    enrolment = lock_enrolment(user_id, place.course)
    attempt = QuizAttempt.objects.filter(enrolment=enrolment, token=token).first()
    if attempt is None:
        if problems := rules.problems(quiz, answers):
            raise QuizRefused(problems)
        result = rules.grade_quiz(quiz, answers)
        attempt = QuizAttempt.objects.create(
            enrolment=enrolment,
            lesson_id=place.lesson.id,
            quiz_key=quiz.key,
            token=token,
            answers=kept(quiz, answers),
            result=record(quiz, result),
            score=result.score,
            passed=result.passed,
            revision=revision,
            submitted_at=moment,
        )
    return attempt, settle(enrolment.pk, place.course, learner_state(user_id), moment)


def kept(quiz: Quiz, answers: Answers) -> dict[str, list[str]]:
    """What was sent, for the questions there are; nothing else that a request may carry."""
    return {question.key: [text[:MAX_ANSWER] for text in answers.get(question.key, ())] for question in quiz.questions}


def record(quiz: Quiz, result: Result) -> dict[str, object]:
    """A result with what was asked, so that it can be shown and understood after the quiz was changed."""
    asked = zip(quiz.questions, result.questions, strict=True)
    return {
        "title": quiz.title,
        "pass_percent": quiz.pass_percent,
        "right": result.right,
        "questions": [{"question": asdict(question), "graded": asdict(graded)} for question, graded in asked],
    }
