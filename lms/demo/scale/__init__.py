"""Bulk data for benchmarks: many learners in many courses, the same every time, in a few statements a table."""

from collections.abc import Callable

from django.db import transaction

from cms.demo import ensure_site
from cms.published import bump
from courses.models import CoursePage
from lms.accounts import roles
from lms.demo.scale.content import load_courses
from lms.demo.scale.people import load_cohorts, load_enrolments, load_people, load_progress
from lms.demo.scale.size import MARK, Size

__all__ = ["STEPS", "Size", "load_scale"]

Tick = Callable[[], object]
STEPS = 5


@transaction.atomic
def load_scale(size: Size, tick: Tick) -> str:
    """Fill the database; returns a summary. Raises ValueError when it has scale data already."""
    if CoursePage.objects.filter(key__startswith=f"{MARK}-").exists():
        raise ValueError("This database has scale data already. Use an empty one.")
    roles.ensure_roles()
    ensure_site()
    courses, lessons = load_courses(size)
    tick()
    people = load_people(size)
    tick()
    enrolments = load_enrolments(size, people, courses)
    tick()
    rows = load_progress(enrolments, lessons)
    tick()
    load_cohorts(courses)
    bump()
    tick()
    return f"{len(courses)} courses, {len(people)} learners, {len(enrolments)} enrolments, {rows} progress rows"
