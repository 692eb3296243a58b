"""What is decided in courses without a database: levels, how a quiz is graded, how far someone is. Pure.

`grade_quiz` and `progress` are the only places where a result is computed: learner, company, advisor, certificate and
report show what these return.
"""

from courses.rules.catalogue import HowFar, Length, length_of
from courses.rules.names import CHOICES, EvidenceState, Level, QuestionKind, StrategySection
from courses.rules.progress import Progress, continue_at, is_done, progress
from courses.rules.quizzes import (
    Answers,
    Graded,
    Option,
    Question,
    Quiz,
    Result,
    grade_quiz,
    problems,
    quiz_from,
    snapshot,
)

__all__ = [
    "CHOICES",
    "Answers",
    "EvidenceState",
    "Graded",
    "HowFar",
    "Length",
    "Level",
    "Option",
    "Progress",
    "Question",
    "QuestionKind",
    "Quiz",
    "Result",
    "StrategySection",
    "continue_at",
    "grade_quiz",
    "is_done",
    "length_of",
    "problems",
    "progress",
    "quiz_from",
    "snapshot",
]
