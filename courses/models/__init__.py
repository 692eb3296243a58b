"""Course pages, and what learners do with them."""

from courses.models.learning import Enrolment, LessonProgress, QuizAttempt, WorksheetAnswer, WorksheetAnswerVersion
from courses.models.pages import CatalogPage, CoursePage, LessonPage, ModulePage

__all__ = [
    "CatalogPage",
    "CoursePage",
    "Enrolment",
    "LessonPage",
    "LessonProgress",
    "ModulePage",
    "QuizAttempt",
    "WorksheetAnswer",
    "WorksheetAnswerVersion",
]
