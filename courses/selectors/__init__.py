"""Reads, in fixed numbers of statements: what is published (`outline`, `bodies`), what people did (`learners`)."""

from cms.rules import Restriction
from courses.selectors.bodies import Body, lesson_body
from courses.selectors.editors import topics_of_parts, writings
from courses.selectors.learners import (
    CompanyProgress,
    LearnerState,
    Taken,
    begun,
    company_answers,
    company_progress,
    completed_enrolments,
    has_results,
    last_attempts,
    learner_state,
    progress_of,
    states,
)
from courses.selectors.outline import outline, outline_now
from courses.selectors.structure import Course, Lesson, Module, Outline, Place

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
    "begun",
    "company_answers",
    "company_progress",
    "completed_enrolments",
    "has_results",
    "last_attempts",
    "learner_state",
    "lesson_body",
    "outline",
    "outline_now",
    "progress_of",
    "states",
    "topics_of_parts",
    "writings",
]
