"""Course pages, and what learners do with them."""

from courses.models.evidence import Evidence, EvidenceEntry
from courses.models.learning import Enrolment, LessonProgress, QuizAttempt, WorksheetAnswer, WorksheetAnswerVersion
from courses.models.pages import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.models.paths import LearningPath, PathStep
from courses.models.seats import Seat, SeatAgreement

__all__ = [
    "CatalogPage",
    "CoursePage",
    "Enrolment",
    "Evidence",
    "EvidenceEntry",
    "LearningPath",
    "LessonPage",
    "LessonProgress",
    "ModulePage",
    "PathStep",
    "QuizAttempt",
    "Seat",
    "SeatAgreement",
    "WorksheetAnswer",
    "WorksheetAnswerVersion",
]
