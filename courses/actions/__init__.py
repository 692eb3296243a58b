"""Writes: starting and completing courses, quizzes, worksheets. Each locks, checks, changes, in one transaction."""

from courses.actions.content import lessons_showing, render_lessons, render_lessons_of, render_lessons_showing
from courses.actions.learning import (
    NotEnrolled,
    NotOpen,
    Seen,
    Step,
    complete_lesson,
    enrol,
    remember_place,
    see_lesson,
    settle_completions,
)
from courses.actions.quizzes import QuizRefused, submit_quiz
from courses.actions.worksheets import Saved, Written, save_worksheet

__all__ = [
    "NotEnrolled",
    "NotOpen",
    "QuizRefused",
    "Saved",
    "Seen",
    "Step",
    "Written",
    "complete_lesson",
    "enrol",
    "lessons_showing",
    "remember_place",
    "render_lessons",
    "render_lessons_of",
    "render_lessons_showing",
    "save_worksheet",
    "see_lesson",
    "settle_completions",
    "submit_quiz",
]
