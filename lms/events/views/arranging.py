"""What changes an event for everybody at once: each is asked about on a page of its own first."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.events.actions import Refused, arranging
from lms.events.forms import CancelForm, MoveForm
from lms.events.rules import EventStatus
from lms.events.selectors import active_people, schedule_of
from lms.events.selectors.schedule import when
from lms.events.views.access import organised_event, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything so many days later or earlier."""
    event, user = organised_event(request, pk), signed_in(request)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"sequence": event.sequence})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            arranging.move_by_days(event, said["days"], by=user, deadlines=said["deadlines"], sequence=said["sequence"])
        except arranging.Overtaken as refused:
            form = MoveForm({**request.POST.dict(), "sequence": str(event.sequence)})
            form.add_error(None, f"{refused.sentence} {_('It is shown below as it is now.')}")
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _("It is moved. Everybody who comes, waits or has asked gets mail about it."))
            return redirect("events:edit", event.pk)
    schedule = schedule_of(event)
    parts = [(part.title, when(part, schedule.time_zone)) for part in schedule.parts]
    words = {"event": event, "form": form, "parts": parts, "people": active_people(event)}
    return render(request, "events/move.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the tentative marks away: all of them, or that of the session named in the form."""
    event, user = organised_event(request, pk), signed_in(request)
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        session = get_object_or_404(event.sessions, uid=_uid(chosen)) if chosen else None
        try:
            arranging.confirm(event, session=session, by=user)
        except Refused as refused:
            error = refused.sentence
        else:
            messages.success(request, _("Confirmed. Everybody who comes, waits or has asked gets mail about it."))
            return redirect("events:edit", event.pk)
    tentative = event.status == EventStatus.TENTATIVE
    parts = [(part, when(part, event.time_zone)) for part in schedule_of(event).parts if part.tentative]
    words = {"event": event, "parts": parts, "tentative": tentative, "error": error, "people": active_people(event)}
    return render(request, "events/confirm.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the event off, with a reason that everybody reads."""
    event, user = organised_event(request, pk), signed_in(request)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            arranging.cancel(event, why=form.cleaned_data["why"], by=user)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _("The event is cancelled. Everybody who was to come gets mail now."))
            return redirect("events:edit", event.pk)
    return render(request, "events/cancel_event.html", {"event": event, "form": form, "people": active_people(event)})


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
