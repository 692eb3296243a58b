"""What learners send: starting a course, marking a lesson as done, a quiz, a worksheet."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from cms.private import may_view, refusal
from courses import actions, selectors
from courses.rules import quiz_from
from courses.seats.actions import NoSeat
from courses.selectors import Course, Place
from courses.views.access import signed_in
from courses.views.lessons import Reader, lesson_page, worksheet_shown
from courses.views.quiz_shown import answered, fresh, sent_answers
from courses.views.worksheet_shown import sent_texts, with_outcome
from lms.accounts.selectors import current_membership

View = Callable[..., HttpResponse]


def on_lesson(view: View) -> View:
    """For a view on a lesson the person may see: signed out meanwhile, they sign in and come back to the lesson."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        place = selectors.outline(request).by_lesson.get(pk)
        if place is None:
            raise Http404
        if not request.user.is_authenticated:
            messages.info(request, _("You were signed out. Sign in to go on; what you typed is kept in this browser."))
            return go(request, redirect_to_login(place.lesson.url)["Location"])
        if not may_view(request, place.lesson.restrictions):
            raise Http404
        return view(request, place, *args, **kwargs)

    return require_POST(wrapped)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to another page, from a form or from htmx."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]


@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a course, then go to its first lesson or back to where `next` says."""
    course = selectors.outline(request).by_id.get(pk)
    if course is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(course.url)
    if refused := refusal(request, course.restrictions, course.page_id):
        return refused
    membership = current_membership(request)
    try:
        actions.enrol(signed_in(request), course, company=membership.company if membership else None)
    except (actions.NotOpen, NoSeat) as closed:
        messages.error(request, closed.sentence)
        return redirect(course.url)
    wanted = request.POST.get("next", "")
    first = course.lessons[0].url if course.lessons else course.url
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else first)


@on_lesson
def complete(request: HttpRequest, place: Place) -> HttpResponse:
    """Mark a lesson as done and go on to the next one."""
    try:
        step = actions.complete_lesson(signed_in(request).pk, place)
    except actions.NotEnrolled as refusal:
        raise Http404 from refusal
    return after_done(request, place, step)


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep where in a lesson somebody is. The browser tells when they leave; nobody reads the answer."""
    where = selectors.outline(request).by_lesson.get(pk)
    if where is None or not request.user.is_authenticated or not may_view(request, where.lesson.restrictions):
        raise Http404
    try:
        actions.remember_place(request.user.pk, where, request.POST.get("part", ""))
    except actions.NotEnrolled as refusal:
        raise Http404 from refusal
    return HttpResponse(status=204)


def after_done(request: HttpRequest, place: Place, step: actions.Step) -> HttpResponse:
    """On to the next lesson; to the course's page after the last one, or when the course is complete."""
    following = place.course.after(place.lesson)
    if step.completed_course:
        say_completed(request, place.course)
    return go(request, place.course.url if step.completed_course or following is None else following.url)


def say_completed(request: HttpRequest, course: Course) -> None:
    sentence = _(
        "You have completed “%(course)s”. Your certificate is being made; it comes by e-mail in a minute or two."
    )
    messages.success(request, sentence % {"course": course.title})


@on_lesson
def quiz(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Grade a quiz. Sent twice with the same token, it is graded once."""
    body = selectors.lesson_body(place.lesson.page_id)
    part = body.part("quiz", key) if body else None
    if body is None or part is None:
        raise Http404
    asked = quiz_from(part, place.course.pass_percent)
    answers = sent_answers(request, asked)
    try:
        token = uuid.UUID(request.POST.get("token", ""))
        attempt, step = actions.submit_quiz(
            signed_in(request).pk, place, asked, token=token, answers=answers, revision=body.revision
        )
    except actions.QuizRefused as refusal:
        again = fresh(asked, url=request.path, answers=answers, problems=refusal.problems)
        return with_part(request, place, "quiz", key, again)
    except (ValueError, actions.NotEnrolled) as refusal:
        raise Http404 from refusal
    if step.completed_course:
        say_completed(request, place.course)
    if request.htmx:  # type: ignore[attr-defined]
        again_url = f"{place.lesson.url}?again={key}#quiz-{key}"
        shown = answered(attempt, asked, again=again_url)
        return with_part(request, place, "quiz", key, shown)
    return redirect(f"{place.lesson.url}#quiz-{key}")


@on_lesson
def worksheet(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Save what a company writes; with `done`, mark the lesson as done when every question has its text."""
    body = selectors.lesson_body(place.lesson.page_id)
    part = body.part("worksheet", key) if body else None
    membership = current_membership(request)
    if part is None or membership is None:
        raise Http404
    texts = sent_texts(request, part)
    try:
        saved = actions.save_worksheet(signed_in(request), place, part["questions"], texts, company=membership.company)
    except actions.NotEnrolled as refusal:
        raise Http404 from refusal
    wants_done = "done" in request.POST
    if wants_done:
        for field, written in texts.items():
            if not written.text.strip() and field not in saved.conflicts:
                saved.errors[field] = _("Write at least a few words, or “we do not know yet”.")
    if wants_done and saved.is_whole:
        return after_done(request, place, actions.complete_lesson(signed_in(request).pk, place))
    sheet = with_outcome(worksheet_shown(request, place, part, can_write=True), texts, saved)
    if saved.is_whole and not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Saved for %(company)s.") % {"company": sheet.company})
        return redirect(f"{place.lesson.url}#{sheet.id}")
    return with_part(request, place, "worksheet", key, sheet)


def with_part(request: HttpRequest, place: Place, kind: str, key: str, part: Any) -> HttpResponse:
    """The part of the lesson that was sent, as it stands now: alone for htmx, else on its page."""
    if request.htmx:  # type: ignore[attr-defined]
        parts = [{"type": kind, "shown": part}]
        context = {"parts": parts, "course": place.course, "lesson": place.lesson, "swapped": True}
        return render(request, "courses/_parts.html", context)
    state = selectors.learner_state(signed_in(request).pk)
    taken = state.enrolments.get(place.course.id)
    if taken is None:
        raise Http404
    return lesson_page(request, place, Reader(taken.id, state=state), instead={(kind, key): part})
