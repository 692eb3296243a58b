"""Starting a course, reading its lessons, completing it.

A course is completed once: `Enrolment.completed_at` is set in the transaction of the step that completed it, under a
lock on the enrolment, so that two last steps at once cannot miss each other. What happens when the course changes is
written down in docs/decisions/0007-progress.md.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.published import current_version
from courses.evidence import selectors as evidence
from courses.models import Enrolment, LessonProgress
from courses.rules import Progress
from courses.seats import actions as seats
from courses.selectors import Course, LearnerState, Place, learner_state, outline_now, states
from lms.accounts.models import Company, User
from lms.core.rows import rows

logger = logging.getLogger(__name__)

TRACK, ENROLMENT, PAGE = LessonProgress._meta.db_table, Enrolment._meta.db_table, Page._meta.db_table
LOCK, HOLD = " FOR NO KEY UPDATE", " FOR KEY SHARE"
"""Where the database has them: keep others from changing an enrolment, or only from taking it away."""
LONGEST_PLACE = LessonProgress._meta.get_field("place").max_length or 0

SEE = f"""
INSERT INTO {TRACK} (enrolment_id, lesson_id, first_seen, last_seen, views)
SELECT id, %s, %s, %s, 1 FROM {ENROLMENT} WHERE user_id = %s AND course_id = %s{{lock}}
ON CONFLICT (enrolment_id, lesson_id) DO UPDATE SET last_seen = excluded.last_seen, views = {TRACK}.views + 1
RETURNING enrolment_id, place
"""  # noqa: S608 - names of our own tables

REMEMBER = f"""
UPDATE {TRACK} SET place = COALESCE(%s, place)
 WHERE lesson_id = %s AND enrolment_id = (SELECT id FROM {ENROLMENT} WHERE user_id = %s AND course_id = %s)
RETURNING id
"""  # noqa: S608

COMPLETE = f"""
INSERT INTO {TRACK} (enrolment_id, lesson_id, first_seen, last_seen, views, completed_at, completed_revision)
SELECT id, %s, %s, %s, 1, %s, (SELECT live_revision_id FROM {PAGE} WHERE id = %s)
  FROM {ENROLMENT} WHERE user_id = %s AND course_id = %s{{lock}}
ON CONFLICT (enrolment_id, lesson_id) DO UPDATE SET last_seen = excluded.last_seen,
  completed_revision = CASE WHEN {TRACK}.completed_at IS NULL THEN excluded.completed_revision
                            ELSE {TRACK}.completed_revision END,
  completed_at = COALESCE({TRACK}.completed_at, excluded.completed_at)
RETURNING enrolment_id
"""  # noqa: S608


class Seen(NamedTuple):
    """A learner in a lesson: the id of their enrolment, and the part they were last at, or nothing."""

    enrolment: int
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a step led to. `completed_course`: this very step completed the course."""

    enrolment_id: int
    progress: Progress
    completed_course: bool


class NotEnrolled(LookupError):
    """The person has not started this course."""


class NotOpen(Exception):
    """The course comes after others the person has not completed, and no evidence of theirs was accepted."""

    def __init__(self, course: Course) -> None:
        super().__init__(course.key)
        self.sentence = _("“%(course)s” is not open to you yet: something comes before it.") % {"course": course.title}


@transaction.atomic
def enrol(user: User, course: Course, *, company: Company | None, now: datetime | None = None) -> Enrolment:
    """Start a course, for the company the person acts for now. Asking again changes nothing.

    Raises NotOpen; and `courses.seats.actions.NoSeat` where an agreement of the company limits the course and no seat
    is left.
    """
    if course.requires and not evidence.is_open(user.pk, course, learner_state(user.pk)):
        raise NotOpen(course)
    moment = now or timezone.now()
    enrolment, made = Enrolment.objects.get_or_create(
        user=user, course_id=course.id, defaults={"company": company, "started_at": moment}
    )
    if made:
        seats.take(user, course, company, now=moment)
        settle(enrolment.pk, course, learner_state(user.pk), moment)  # lessons done elsewhere count here too
    return enrolment


def see_lesson(user_id: int, place: Place, *, now: datetime | None = None) -> Seen | None:
    """Record that a person opened a lesson. None when they have not started the course, or are just taken out of it."""
    moment = connection.ops.adapt_datetimefield_value(now or timezone.now())
    found = rows(SEE.format(lock=_locking(HOLD)), [place.lesson.id, moment, moment, user_id, place.course.id])
    return Seen(*found[0]) if found else None


def remember_place(user_id: int, place: Place, part: str) -> None:
    """Keep the part of a lesson somebody is at. One that is not in it changes nothing. Raises NotEnrolled.

    Whoever has not opened the lesson is nowhere in it. One statement.
    """
    known = part if part in place.lesson.parts and len(part) <= LONGEST_PLACE else None
    if not rows(REMEMBER, [known, place.lesson.id, user_id, place.course.id]):
        raise NotEnrolled


@transaction.atomic
def complete_lesson(user_id: int, place: Place, *, now: datetime | None = None) -> Step:
    """Mark a lesson as done, with the revision that is published now. Doing it again changes nothing."""
    moment = now or timezone.now()
    stamp = connection.ops.adapt_datetimefield_value(moment)
    lesson, course = place.lesson, place.course
    values = [lesson.id, stamp, stamp, stamp, lesson.page_id, user_id, course.id]
    found = rows(COMPLETE.format(lock=_locking(LOCK)), values)
    if not found:
        raise NotEnrolled
    return settle(found[0][0], course, learner_state(user_id), moment)


def _locking(clause: str) -> str:
    return clause if connection.features.has_select_for_no_key_update else ""


def lock_enrolment(user_id: int, course: Course) -> Enrolment:
    """The person's enrolment, locked until the transaction ends. Raises NotEnrolled."""
    found = Enrolment.objects.select_for_update(no_key=True).filter(user=user_id, course=course.id).first()
    if found is None:
        raise NotEnrolled
    return found


def settle(enrolment_id: int, course: Course, state: LearnerState, now: datetime) -> Step:
    """Set `completed_at` if everything is done and it is not set. The caller locked, and read `state` after that."""
    progress = state.progress(course)
    taken = state.enrolments[course.id]
    newly = progress.complete and taken.completed_at is None
    if newly:
        newly = bool(Enrolment.objects.filter(pk=enrolment_id, completed_at=None).update(completed_at=now))
    return Step(enrolment_id, progress, completed_course=newly)


RECENT = timedelta(minutes=10)
_settled_version: list[int] = []
"""The content version this process has settled everything for; empty until it has done so once."""


def settle_completions(*, now: datetime | None = None) -> int:
    """Complete what became complete because content was taken away. The number of enrolments completed.

    Everybody is looked at when something was published since this process last looked; otherwise only those who were
    here in the last minutes: their last step may have crossed with a publication.
    """
    moment, version = now or timezone.now(), current_version()
    waiting = Enrolment.objects.filter(completed_at=None)
    if _settled_version == [version]:
        since = moment - RECENT
        waiting = waiting.filter(Q(progress__last_seen__gte=since) | Q(attempts__submitted_at__gte=since))
    people = sorted(set(waiting.filter(progress__completed_at__isnull=False).values_list("user_id", flat=True)))
    completed = sum(_settle_people(people[start : start + 200], moment) for start in range(0, len(people), 200))
    _settled_version[:] = [version]
    return completed


def _settle_people(people: list[int], now: datetime) -> int:
    courses = outline_now().by_id
    done = [
        taken.id
        for state in states(people).values()
        for taken in state.enrolments.values()
        if taken.completed_at is None and (course := courses.get(taken.course_id)) and state.progress(course).complete
    ]
    completed = Enrolment.objects.filter(pk__in=done, completed_at=None).update(completed_at=now)
    if completed:
        logger.info("courses completed because content was taken away: %s", completed)
    return completed
