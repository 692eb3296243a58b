"""A company's people and where they are, how ready it is, and what waits."""

from courses.team.selectors.people import (
    KIND,
    OnCourse,
    Person,
    courses_of,
    reminded_today,
    roster,
    subject_of,
    with_courses,
)
from courses.team.selectors.tasks import Tasks, seats_held, steps_asked_of, steps_naming, tasks_of
from courses.team.selectors.team import Readiness, Team, readiness_of, team_of

__all__ = [
    "KIND",
    "OnCourse",
    "Person",
    "Readiness",
    "Tasks",
    "Team",
    "courses_of",
    "readiness_of",
    "reminded_today",
    "roster",
    "seats_held",
    "steps_asked_of",
    "steps_naming",
    "subject_of",
    "tasks_of",
    "team_of",
    "with_courses",
]
