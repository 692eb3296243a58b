"""Writes: starting and completing courses, quizzes, worksheets. Each locks, checks, changes, in one transaction."""

from courses.actions.content import render_lessons_showing
from courses.actions.learning import NotEnrolled, Step, complete_lesson, enrol, see_lesson, settle_completions, state_in
from courses.actions.quizzes import QuizRefused, submit_quiz
from courses.actions.worksheets import Saved, Written, save_worksheet

__all__ = [
    "NotEnrolled",
    "QuizRefused",
    "Saved",
    "Step",
    "Written",
    "complete_lesson",
    "enrol",
    "render_lessons_showing",
    "save_worksheet",
    "see_lesson",
    "settle_completions",
    "state_in",
    "submit_quiz",
]
