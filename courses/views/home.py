"""The learner's home: where they stand, the one way on, what waits for them and what is new."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import selectors
from courses.agenda import Agenda, agenda_of
from courses.agenda.words import zone_of
from courses.evidence.selectors import open_ones
from courses.rules import Progress, continue_at
from courses.selectors import Course, LearnerState, Lesson, Outline, Taken
from courses.slots import Feedback, HeldCertificate, NextStep, PathCourse, Waiting, Way
from courses.views.access import signed_in
from lms.accounts.models import User
from lms.accounts.selectors import belonging
from lms.events.shown import zone_said

MOST_STEPS, MOST_WAITING, MOST_FEEDBACK = 3, 8, 4


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course someone is in, and the lesson to go on with: None when nothing is left. `why`: it is on the path."""

    course: Course
    taken: Taken
    progress: Progress
    next: Lesson | None
    why: str = ""

    @property
    def completed(self) -> bool:
        return self.taken.completed_at is not None


@login_required
def home(request: HttpRequest) -> HttpResponse:
    now, user = timezone.now(), signed_in(request)
    outline, state, agenda = selectors.outline(request), selectors.learner_state(user.pk), agenda_of(request, now)
    path = path_of(agenda, state)
    own = own_courses(outline, state, path)
    open_courses = [one for one in own if one.next and not one.completed]
    memberships = belonging(request).memberships
    ways, in_company = agenda.of(Way), bool(memberships)
    steps = next_steps(user, outline, state, open_courses, path, agenda, in_company=in_company)
    context = {
        "greeting": greeting(now, user.time_zone) % {"name": user.get_short_name()},
        "stands": next((way.sentence for way in ways if way.sentence), ""),
        "in_company": in_company,
        "company": memberships[0].company if in_company else None,
        "others": [one.company for one in memberships[1:]],
        "own": own,
        "current": open_courses[0] if open_courses else None,
        "steps": steps,
        "ways": ways,
        "waiting": waiting(agenda, steps),
        "feedback": sorted(agenda.of(Feedback), key=lambda one: one.at, reverse=True)[:MOST_FEEDBACK],
        "certificates": agenda.of(HeldCertificate),
        "clock": _("Times are %(zone)s.") % {"zone": zone_said(now, zone_of(request))},
    }
    return render(request, "courses/home.html", context)


def waiting(agenda: Agenda, steps: list[NextStep]) -> list[Waiting]:
    """What comes first is first; what has no time is last, and is left out where it is a next step already."""
    taken = {step.url for step in steps}
    found = [one for one in agenda.of(Waiting) if one.at or one.iso or one.url not in taken]
    listed = sorted(found, key=lambda one: (one.at is None, one.at.timestamp() if one.at else 0))
    return listed[:MOST_WAITING]


def path_of(agenda: Agenda, state: LearnerState) -> dict[int, str]:
    """The courses of the company's path that the person has yet to complete, in order: course id to why."""
    done = {pk for pk, taken in state.enrolments.items() if taken.completed_at}
    return {one.course_id: one.reason for one in agenda.of(PathCourse) if one.course_id not in done}


def own_courses(outline: Outline, state: LearnerState, path: dict[int, str]) -> list[OwnCourse]:
    """The courses a person is in and that are still published, the one opened last first; completed ones at the end."""
    found = []
    for taken in sorted(state.enrolments.values(), key=lambda one: one.last_seen, reverse=True):
        if course := outline.by_id.get(taken.course_id):
            here = continue_at(course.lessons, state.done, state.passed_in(course), taken.last_lesson)
            lesson = course.by_id[here] if here is not None else None
            found.append(OwnCourse(course, taken, state.progress(course), lesson, path.get(course.id, "")))
    return sorted(found, key=lambda one: one.completed)


def next_steps(
    user: User,
    outline: Outline,
    state: LearnerState,
    open_courses: list[OwnCourse],
    path: dict[int, str],
    agenda: Agenda,
    *,
    in_company: bool,
) -> list[NextStep]:
    """At most three things worth doing: the lesson to go on with, what other parts of the product ask, a course."""
    steps = [continue_step(one) for one in open_courses[:1]]
    if not in_company and not user.is_staff:
        steps.append(company_step())
    steps += agenda.of(NextStep)
    following = next((outline.by_id[pk] for pk in path if pk in outline.by_id), None)
    if following and following.id not in state.enrolments:
        steps.append(course_step(following, path[following.id]))
    steps += [continue_step(one) for one in open_courses[1:MOST_STEPS]]
    if state.enrolments and not open_courses and not following and (suggestion := suggested(user, outline, state)):
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
        reason=" ".join(filter(None, [lesson.question or own.course.title, own.why])),
        url=own.taken.address_of(lesson),
        label=label % {"number": lesson.number, "time": minutes},
    )


def company_step() -> NextStep:
    return NextStep(
        title=_("Get into your company"),
        reason=_("The readiness report, worksheets and the way through the programme belong to a company."),
        url=reverse("team:company"),
        label=_("See how you get in"),
    )


def course_step(course: Course, reason: str) -> NextStep:
    return NextStep(title=course.title, reason=reason, url=course.url, label=_("Look at the course"))


def suggested(user: User, outline: Outline, state: LearnerState) -> NextStep | None:
    """A course open to the person and not started yet, at the level of the hardest one completed or the next one up."""
    done = [
        outline.by_id[pk].level for pk, taken in state.enrolments.items() if taken.completed_at and pk in outline.by_id
    ]
    highest = max(done, default=0)
    fresh = [course for course in outline.courses if course.id not in state.enrolments and not course.restrictions]
    hard_enough = [course for course in fresh if course.level >= highest]
    fitting = sorted(open_ones(user.pk, hard_enough, state), key=lambda course: course.level)
    return course_step(fitting[0], fitting[0].summary) if fitting else None


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
