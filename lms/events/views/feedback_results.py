"""What people thought, for organisers: the results, the answers as a table, and the questions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.core.exports import csv_response
from lms.events.actions import feedback as actions
from lms.events.actions.moving import Refused
from lms.events.feedback_forms import QuestionFormSet, asked_in
from lms.events.models import Event
from lms.events.selectors.feedback import questions_of, results
from lms.events.views.access import organised_event


@login_required
@never_cache
@require_safe
def feedback_results(request: HttpRequest, pk: int) -> HttpResponse:
    """How it was. Before the first answer: what will be asked."""
    return show(request, organised_event(request, pk))


def show(request: HttpRequest, event: Event, formset: Any = None, *, refused: str = "") -> HttpResponse:
    """The page; with the questions that were refused, if they were."""
    questions = questions_of(event)
    found = results(event, questions)
    if not found.replies and formset is None:
        rows = [{"id": one.pk, "text": one.text, "kind": one.kind} for one in questions]
        formset = QuestionFormSet(initial=rows)
    context = {"event": event, "tab": "feedback", "results": found, "formset": formset, "refused": refused}
    return render(request, "events/feedback_results.html", context)


@login_required
@never_cache
@require_POST
def feedback_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask other questions."""
    event = organised_event(request, pk)
    formset = QuestionFormSet(request.POST)
    if not formset.is_valid():
        return show(request, event, formset)
    try:
        actions.change_questions(event.pk, asked_in(formset))
    except Refused as refusal:
        return show(request, event, formset, refused=refusal.sentence)
    messages.success(request, _("Saved."))
    return redirect("events:feedback_results", pk)


@login_required
@require_safe
def feedback_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The answers, a row each, without names and in no order that would tell them."""
    event = organised_event(request, pk)
    questions = questions_of(event)
    replies = results(event, questions).replies
    rows = ([reply.get(str(one.pk), "") for one in questions] for reply in replies)
    return csv_response(f"feedback-{event.pk}.csv", [one.text for one in questions], rows)
