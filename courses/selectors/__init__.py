"""Reads: what is published (`outline`) and what learners have done (`learners`). Fixed numbers of statements."""

from courses.selectors.learners import (
    CompanyProgress,
    LearnerState,
    Taken,
    company_progress,
    completed_enrolments,
    learner_state,
    progress_of,
    states,
)
from courses.selectors.outline import Course, Lesson, Module, Outline, Place, Restriction, outline, outline_now

__all__ = [
    "CompanyProgress",
    "Course",
    "LearnerState",
    "Lesson",
    "Module",
    "Outline",
    "Place",
    "Restriction",
    "Taken",
    "company_progress",
    "completed_enrolments",
    "learner_state",
    "outline",
    "outline_now",
    "progress_of",
    "states",
]
