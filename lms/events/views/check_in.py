"""Checking in by the code on the screen: the screen, and the page where people type it."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.events.actions import joining
from lms.events.actions.moving import Refused
from lms.events.attendance_forms import CheckInForm
from lms.events.models import Event, Registration, Session
from lms.events.rules.being_there import sessions_now
from lms.events.selectors.attendance import chosen_by, code_of, registration_at, seen_in, spans_of
from lms.events.views.access import organised_event, signed_in, visible_event

TRIES = "events_check_in"
"""The limit's name in `ACCOUNT_RATE_LIMITS`: it is counted by person."""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code in large, for the room. POST makes another."""
    event = organised_event(request, pk)
    if request.method == "POST":
        joining.renew_code(event.pk)
        messages.success(request, _("This is the new code. The one before does not work any more."))
        return redirect("events:check_in_code", pk)
    shown = code_of(event)
    address = settings.SITE_URL.partition("://")[2] + reverse("events:check_in", args=[pk])
    context = {"event": event, "code": shown, "groups": [shown[:3], shown[3:]], "address": address}
    return render(request, "events/check_in_code.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the code, and be noted as there."""
    event = visible_event(request, pk)
    own = registration_at(event, signed_in(request).pk)
    form = CheckInForm(_sent(request), sessions=_side_by_side(own) if own else [])
    here: list[Session] = []
    if own and request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=TRIES, user=request.user):
            form.add_error("code", _("Too many tries. Wait ten minutes, or tell an organiser that you are here."))
        else:
            here = _try(own, form)
    return render(request, "events/check_in.html", _context(event, own, form, here))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _try(own: Registration, form: CheckInForm) -> list[Session]:
    """The sessions they are in now; none after a refusal, which stands in the form."""
    given = form.cleaned_data
    try:
        return joining.check_in(own, given["code"], session_id=given.get("session"))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return []


def _side_by_side(own: Registration) -> list[tuple[int, str]]:
    """The sessions to choose between, where they chose none of those that run now."""
    chosen = chosen_by(own)
    found = sessions_now(spans_of(own.event_id), chosen, timezone.now())
    if chosen & set(found):
        return []
    return [(one.pk, one.title) for one in Session.objects.filter(pk__in=found)]


def _context(event: Event, own: Registration | None, form: CheckInForm, here: list[Session]) -> dict[str, object]:
    refused = "" if own else _("You are not registered for this event. Tell an organiser that you are here.")
    if own:
        try:
            joining.refuse_outside(own)
        except Refused as refusal:
            refused = refusal.sentence
    return {"event": event, "form": form, "here": here, "refused": refused, "seen": seen_in(own) if own else []}
