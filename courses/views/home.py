"""The learner's home: where they stand, and the one way on."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import selectors, slots
from courses.rules import Progress, continue_at
from courses.selectors import Course, LearnerState, Lesson, Outline, Taken
from courses.slots import NextStep
from courses.views.access import signed_in
from lms.accounts.selectors import current_membership

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course someone is in, and the lesson to go on with: None when nothing is left."""

    course: Course
    taken: Taken
    progress: Progress
    next: Lesson | None

    @property
    def completed(self) -> bool:
        return self.taken.completed_at is not None


@login_required
def home(request: HttpRequest) -> HttpResponse:
    outline, user = selectors.outline(request), signed_in(request)
    state = selectors.learner_state(user.pk)
    own = own_courses(outline, state)
    open_courses = [one for one in own if one.next and not one.completed]
    membership = current_membership(request)
    context = {
        "greeting": greeting(timezone.now(), user.time_zone) % {"name": user.get_short_name()},
        "company": membership.company if membership else None,
        "own": own,
        "current": open_courses[0] if open_courses else None,
        "steps": next_steps(request, outline, state, open_courses),
        "ways": slots.ways.collect(request),
        "certificates": slots.certificates.collect(request),
    }
    return render(request, "courses/home.html", context)


def own_courses(outline: Outline, state: LearnerState) -> list[OwnCourse]:
    """The courses a person is in and that are still published, the one opened last first; completed ones at the end."""
    found = []
    for taken in sorted(state.enrolments.values(), key=lambda one: one.last_seen, reverse=True):
        if course := outline.by_id.get(taken.course_id):
            here = continue_at(course.lessons, state.done, state.passed_in(course), taken.last_lesson)
            lesson = course.by_id[here] if here is not None else None
            found.append(OwnCourse(course, taken, state.progress(course), lesson))
    return sorted(found, key=lambda one: one.completed)


def next_steps(
    request: HttpRequest, outline: Outline, state: LearnerState, open_courses: list[OwnCourse]
) -> list[NextStep]:
    """At most three things worth doing: the lesson to go on with, what other parts of the product ask, a course."""
    steps = [continue_step(one) for one in open_courses[:1]]
    steps += slots.next_steps.collect(request)
    steps += [continue_step(one) for one in open_courses[1:MOST_STEPS]]
    if state.enrolments and not open_courses and (suggestion := suggested(outline, state)):
        steps.append(suggestion)
    return steps[:MOST_STEPS]


def continue_step(own: OwnCourse) -> NextStep:
    lesson = own.next
    assert lesson is not None  # noqa: S101 - open courses have a next lesson; this tells the type checker
    minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", lesson.minutes) % {"minutes": lesson.minutes}
    label = (
        _("Continue with lesson %(number)s, %(time)s") if lesson.index else _("Begin with lesson %(number)s, %(time)s")
    )
    return NextStep(
        title=lesson.title,
        reason=lesson.question or own.course.title,
        url=lesson.url,
        label=label % {"number": lesson.number, "time": minutes},
    )


def suggested(outline: Outline, state: LearnerState) -> NextStep | None:
    """A course not started yet, at the level of the hardest one completed or the next one up."""
    done = [
        outline.by_id[pk].level for pk, taken in state.enrolments.items() if taken.completed_at and pk in outline.by_id
    ]
    highest = max(done, default=0)
    fresh = [course for course in outline.courses if course.id not in state.enrolments and not course.restrictions]
    fitting = sorted((course for course in fresh if course.level >= highest), key=lambda course: course.level)
    if not fitting:
        return None
    course = fitting[0]
    return NextStep(title=course.title, reason=course.summary, url=course.url, label=_("Look at the course"))


def greeting(now: datetime, zone: str) -> str:
    """“Good morning, %(name)s”, by the clock where the person is."""
    try:
        hour = now.astimezone(ZoneInfo(zone)).hour
    except (ZoneInfoNotFoundError, ValueError):
        hour = timezone.localtime(now).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s")
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s")
    return _("Good evening, %(name)s")
