"""Reads: what is published (`outline`) and what learners have done (`learners`). Fixed numbers of statements."""

from courses.selectors.learners import (
    CompanyProgress,
    LearnerState,
    Taken,
    company_answers,
    company_progress,
    completed_enrolments,
    last_attempts,
    learner_state,
    progress_of,
    states,
)
from courses.selectors.outline import (
    Body,
    Course,
    Lesson,
    Module,
    Outline,
    Place,
    Restriction,
    lesson_body,
    outline,
    outline_now,
)

__all__ = [
    "Body",
    "CompanyProgress",
    "Course",
    "LearnerState",
    "Lesson",
    "Module",
    "Outline",
    "Place",
    "Restriction",
    "Taken",
    "company_answers",
    "company_progress",
    "completed_enrolments",
    "last_attempts",
    "learner_state",
    "lesson_body",
    "outline",
    "outline_now",
    "progress_of",
    "states",
]
