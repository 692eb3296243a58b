"""Sending evidence, and the page where it stands: the person's own, and the same for who may answer it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.private import refusal
from courses import selectors as courses
from courses.evidence import actions, files, selectors
from courses.evidence.forms import DecideForm, SendForm
from courses.evidence.shown import entrance, thread
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import Course
from courses.views.access import signed_in
from lms.accounts.selectors import current_membership

OPEN_TO_ANSWER = {EvidenceState.SENT, EvidenceState.ASKED}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """The first evidence for a course, or again after it was withdrawn; what is under way has a page of its own."""
    course = courses.outline(request).by_id.get(pk)
    if course is None:
        raise Http404
    if refused := refusal(request, course.restrictions, course.page_id):
        return refused
    way = entrance(request, course)
    if way.evidence and way.evidence.state != EvidenceState.WITHDRAWN:
        return redirect("evidence:one", pk=way.evidence.pk)
    if way.is_open:
        messages.info(request, _("The course is open to you already."))
        return redirect(course.url)
    version = way.evidence.version if way.evidence else 0
    form = SendForm(initial={"version": version})
    if request.method == "POST":
        form = SendForm(request.POST, request.FILES)
        if sent := save(request, course, form):
            messages.success(request, _("Sent. An advisor reads it and answers here; you also get a mail."))
            return redirect("evidence:one", pk=sent.pk)
        if there := selectors.evidence_for(signed_in(request), course):  # sent from another window meanwhile
            return show(request, there, sending=form)
    context = {"course": course, "entrance": way, "form": form, "crumbs": [(course.title, course.url), (words(), "")]}
    return render(request, "evidence/send.html", context)


def words() -> str:
    return _("What you know already")


def save(request: HttpRequest, course: Course, form: SendForm) -> Evidence | None:
    """The evidence as it is after sending; None with the reason in the form, filled as it came."""
    membership = current_membership(request)
    if form.is_valid():
        told = form.cleaned_data
        try:
            return actions.send(
                signed_in(request),
                course,
                company=membership.company if membership else None,
                text=told["text"],
                file=told["file"],
                version=told["version"],
            )
        except actions.Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        except actions.Conflict as conflict:
            read_first(form, conflict.evidence)
    form.say_file_is_lost()
    return None


def read_first(form: SendForm | DecideForm, evidence: Evidence) -> None:
    """Somebody wrote meanwhile: the form comes back with what was typed, and knows what its page shows now."""
    form.data = {**form.data, "version": str(evidence.version)}
    form.add_error(
        None, _("Something was added while you wrote; it stands above. Nothing of yours was sent: read it, then send.")
    )


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said so far, and what may be done next: by the person, or by their advisor."""
    return show(request, get_object_or_404(selectors.evidence_visible_to(signed_in(request)), pk=pk))


def show(
    request: HttpRequest, evidence: Evidence, *, sending: SendForm | None = None, deciding: DecideForm | None = None
) -> HttpResponse:
    mine = evidence.user_id == signed_in(request).pk
    said = thread(request, evidence, with_progress=not mine)
    context: dict[str, Any] = {"evidence": evidence, "thread": said, "mine": mine}
    if evidence.state in OPEN_TO_ANSWER and (said.course or not mine):
        start = {"version": evidence.version}
        context["form"] = (
            (sending or SendForm(initial=start, reply=True)) if mine else (deciding or DecideForm(initial=start))
        )
    elif sending or deciding:
        context["unsent"] = sending or deciding
    return render(request, "evidence/one.html", context)


@require_POST
@login_required
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The person answers a question, or adds to what they sent."""
    evidence = get_object_or_404(selectors.evidence_of(signed_in(request)), pk=pk)
    course = courses.outline(request).by_id.get(evidence.course_id)
    if course is None:
        raise Http404
    form = SendForm(request.POST, request.FILES, reply=True)
    if save(request, course, form):
        messages.success(request, _("Sent. Your advisor reads it and answers here."))
        return redirect("evidence:one", pk=pk)
    evidence.refresh_from_db()
    return show(request, evidence, sending=form)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The person takes it back; it can be sent again."""
    evidence = get_object_or_404(selectors.evidence_of(signed_in(request)), pk=pk)
    try:
        actions.withdraw(evidence, by=signed_in(request))
        messages.success(request, _("Withdrawn. Nobody answers it any more; you can send it again."))
    except actions.Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("evidence:one", pk=pk)


@require_safe
@login_required
@never_cache
def file(request: HttpRequest, pk: int, entry: int) -> HttpResponseBase:
    """A file that was sent, as a download, for the person and for who may answer."""
    evidence = get_object_or_404(selectors.evidence_visible_to(signed_in(request)), pk=pk)
    found = get_object_or_404(EvidenceEntry, pk=entry, evidence=evidence)
    place = files.place_of(found.file)
    if place is None:
        raise Http404("No such file.")
    response = FileResponse(
        place.open("rb"), as_attachment=True, filename=found.file_name, content_type=files.type_of(found.file_name)
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
