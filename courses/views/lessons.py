"""A lesson's page."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.private import refusal
from cms.published import published
from courses import actions, selectors
from courses.evidence.shown import entrance
from courses.models import CoursePage, LessonPage, QuizAttempt
from courses.rules import is_done, quiz_from
from courses.seats.shown import before_start
from courses.selectors import Body, LearnerState, Lesson, Module, Place
from courses.views.access import is_sample, keep_private, place_or_404
from courses.views.quiz_shown import QuizShown, answered, fresh
from courses.views.worksheet_shown import WorksheetShown, shown
from lms.accounts.selectors import current_membership

PASS_PERCENT = 70
"""Where a lesson being previewed stands in no course yet."""


@dataclass(slots=True)
class Reader:
    """Who reads a lesson: `enrolment` is None for those who may only look."""

    enrolment: int | None = None
    place: str = ""
    """The part of the lesson they were at when they left it."""
    state: LearnerState = field(default_factory=LearnerState)


def lesson(request: HttpRequest, course: str, module: str, lesson: str, page: LessonPage | None = None) -> HttpResponse:
    """One lesson, for those who have started the course; the first one for everybody. `page` is one being previewed."""
    if page is not None:
        return preview(request, page)
    place = place_or_404(request, course, module, lesson)
    if refused := refusal(request, place.lesson.restrictions, place.lesson.page_id):
        return refused
    reader = read_by(request, place)
    if reader is None:
        context = {"course": place.course, "lesson": place.lesson, "crumbs": crumbs(request, place)}
        context["entrance"] = entrance(request, place.course)
        context["seat"] = before_start(request, place.course)
        return keep_private(render(request, "courses/start_first.html", context), place.lesson.restrictions)
    return keep_private(lesson_page(request, place, reader), place.lesson.restrictions)


def read_by(request: HttpRequest, place: Place) -> Reader | None:
    """Record the visit of a learner. None for those who must start the course first."""
    if request.user.is_authenticated:
        seen = actions.see_lesson(request.user.pk, place)
        if seen is not None:
            return Reader(seen.enrolment, seen.place, selectors.learner_state(request.user.pk))
        if request.user.is_staff:
            return Reader()
    return Reader() if is_sample(place) else None


def lesson_page(
    request: HttpRequest,
    place: Place,
    reader: Reader,
    *,
    instead: Mapping[tuple[str, str], QuizShown | WorksheetShown] | None = None,
) -> HttpResponse:
    """The page. `instead` are parts, by type and key, that show what was just sent rather than what is kept."""
    body = selectors.lesson_body(place.lesson.page_id)
    if body is None:
        raise Http404
    course, own = place.course, place.lesson
    passed = reader.state.passed_in(course)
    module = course.module_of(own)
    context = {
        "course": course,
        "module": module,
        "lesson": own,
        "parts": parts(request, place, body, reader, instead or {}),
        "enrolled": reader.enrolment is not None,
        "was_at": reader.place if reader.place in own.parts[1:] else "",
        "is_done": own.id in reader.state.done,
        "quizzes_open": sum(key not in passed for key, _title in own.quizzes),
        "progress": reader.state.progress(course),
        "sidebar": sidebar(module, own, reader.state, passed),
        "before": course.before(own),
        "after": course.after(own),
        "crumbs": crumbs(request, place),
    }
    if reader.enrolment is None:
        context["entrance"] = entrance(request, course)
        context["seat"] = before_start(request, course)
    return render(request, "courses/lesson.html", context)


@dataclass(frozen=True, slots=True)
class SidebarRow:
    lesson: Lesson
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The lessons of a module; how many of them are done, and the minutes that the others take."""

    rows: tuple[SidebarRow, ...]
    done: int
    minutes: int


def sidebar(module: Module, own: Lesson, state: LearnerState, passed: Collection[str]) -> Sidebar:
    rows = tuple(SidebarRow(one, is_done(one, state.done, passed), one is own) for one in module.lessons)
    return Sidebar(
        rows, done=sum(row.done for row in rows), minutes=sum(row.lesson.minutes for row in rows if not row.done)
    )


def parts(
    request: HttpRequest,
    place: Place,
    body: Body,
    reader: Reader,
    instead: Mapping[tuple[str, str], QuizShown | WorksheetShown],
) -> list[dict[str, Any]]:
    """The body with its quizzes and worksheets as this reader sees them."""
    tried = [part["key"] for part in body.of_type("quiz") if (place.course.id, part["key"]) in reader.state.tried]
    attempts = selectors.last_attempts(reader.enrolment, tried) if reader.enrolment else {}
    made: list[dict[str, Any]] = []
    for part in body.parts:
        kind = part["type"]
        if kind == "html":
            made.append(part)
        elif (kind, part["key"]) in instead:
            made.append({"type": kind, "shown": instead[kind, part["key"]]})
        elif kind == "quiz":
            again = request.GET.get("again") == part["key"]
            attempt = None if again else attempts.get(part["key"])
            made.append(quiz_part(request, place, part, attempt, reader))
        else:
            made.append(
                {"type": kind, "shown": worksheet_shown(request, place, part, can_write=bool(reader.enrolment))}
            )
    return made


def quiz_part(
    request: HttpRequest, place: Place, part: Mapping[str, Any], attempt: QuizAttempt | None, reader: Reader
) -> dict[str, Any]:
    """The quiz as it was answered, or to answer. Nobody has touched one with a `token` of its own: it is kept."""
    key, percent = part["key"], place.course.pass_percent
    if attempt is not None:
        again = f"{place.lesson.url}?again={key}#quiz-{key}"
        return {"type": "quiz", "shown": answered(attempt, quiz_from(part, percent), again=again)}
    if reader.enrolment is None:
        return {"type": "quiz", "shown": fresh(quiz_from(part, percent), url="")}
    url = reverse("courses:quiz", args=[place.lesson.page_id, key])
    untouched = published(
        request, ("quiz to answer", get_language(), place, key), lambda: fresh(quiz_from(part, percent), url=url)
    )
    return {"type": "quiz", "shown": untouched, "token": str(uuid.uuid4())}


def worksheet_shown(request: HttpRequest, place: Place, part: Mapping[str, Any], *, can_write: bool) -> WorksheetShown:
    """The worksheet of the company the reader acts for; to look at only without one, or before starting the course."""
    membership = current_membership(request) if can_write else None
    if membership is None:
        return shown(part, {})
    answers = selectors.company_answers(membership.company_id, [question["key"] for question in part["questions"]])
    return shown(
        part,
        answers,
        company=membership.company.name,
        url=reverse("courses:worksheet", args=[place.lesson.page_id, part["key"]]),
        draft=f"{request.user.pk}-{membership.company_id}-{part['key']}",
    )


def crumbs(request: HttpRequest, place: Place) -> tuple[tuple[str, str], ...]:
    course = place.course
    catalog = course.url.removesuffix(f"{course.slug}/")
    title = selectors.outline(request).title or _("Courses")
    return (title, catalog), (course.title, course.url), (place.lesson.number, "")


@never_cache
def preview(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """A lesson as it is being edited: nothing published is read, nothing is recorded."""
    course = CoursePage.objects.ancestor_of(page).first()
    percent = course.pass_percent if course else PASS_PERCENT
    shown_parts: list[dict[str, Any]] = []
    for part in page.render():
        if part["type"] == "quiz":
            shown_parts.append({"type": "quiz", "shown": fresh(quiz_from(part, percent), url="")})
        elif part["type"] == "worksheet":
            shown_parts.append({"type": "worksheet", "shown": shown(part, {})})
        else:
            shown_parts.append(part)
    return render(request, "courses/lesson_preview.html", {"page": page, "lesson": page, "parts": shown_parts})
