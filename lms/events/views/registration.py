"""One registration: changing what was said, giving the place up, taking one that came free."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.events import actions, selectors
from lms.events.actions import Refused
from lms.events.models import Event, Order, Registration
from lms.events.rules import nok
from lms.events.selectors import Coming
from lms.events.shown import moment_said
from lms.events.views.access import signed_in
from lms.events.views.details_form import DetailsForm, initial_for
from lms.events.views.panel import standing

PREFIX = "d"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """Where it stands; sessions and answers to change; the way to give it up."""
    found = _changeable(request, pk, registration)
    asked = selectors.asked_at(found.event, besides=found.pk)
    chosen = found.choices.values_list("session", flat=True)
    if request.method == "POST":
        form = DetailsForm(asked, prefix=PREFIX, data=request.POST)
        if form.is_valid() and _changed(found, form):
            messages.success(request, _("Saved."))
            return redirect("events:registration", pk, registration)
    else:
        form = DetailsForm(asked, prefix=PREFIX, initial=initial_for(asked, chosen, found.answers))
    return render(request, "events/registration.html", {**_shared(request, found), "form": form})


def _changed(found: Registration, form: DetailsForm) -> bool:
    """Whether the change was made; a refusal stands in the form."""
    try:
        actions.change(found, answers=form.answers, sessions=form.sessions)
    except Refused as refusal:
        if refusal.field:
            form.refuse(refusal.sentence)
        else:
            form.add_error(None, refusal.sentence)
        return False
    return True


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """What giving the place up means, and the button. Giving it up twice changes nothing."""
    found = _changeable(request, pk, registration)
    refusal = ""
    if request.method == "POST":
        try:
            actions.cancel(found)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The place of %(name)s is given up.") % {"name": found.name})
            return redirect("events:mine")
    return render(request, "events/cancel.html", {**_shared(request, found), "refusal": refusal})


@login_required
@require_POST
def accept_offer(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Take the places that the people of an order are offered."""
    found = _order(request, pk, order)
    try:
        actions.accept_offer(found, only=_theirs(request, found))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The place is taken."))
    return redirect("events:mine")


@login_required
@require_POST
def decline_offer(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Leave the offered places to the next in line: of those in the order whom the visitor may answer for."""
    found = _order(request, pk, order)
    try:
        _leave(request, found)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Thank you. The place goes to the next in line."))
    return redirect("events:mine")


def _leave(request: HttpRequest, order: Order) -> None:
    mine = selectors.registrations_changeable_by(signed_in(request))
    offered = order.registrations.filter(state="offered")
    theirs = offered.exclude(pk__in=mine.order_by().values("pk"))
    if order.together or not theirs.exists():
        actions.decline_offer(order)
        return
    for one in offered.filter(pk__in=mine.order_by().values("pk")):
        actions.cancel(one)


def _changeable(request: HttpRequest, pk: int, registration: int) -> Registration:
    mine = selectors.registrations_changeable_by(signed_in(request))
    return get_object_or_404(mine.select_related("event", "order", "company", "user"), pk=registration, event=pk)


def _order(request: HttpRequest, pk: int, order: int) -> Order:
    return get_object_or_404(selectors.orders_answerable_by(signed_in(request)), pk=order, event=pk)


def _theirs(request: HttpRequest, order: Order) -> set[int]:
    """The registrations of an order that the one who asks may answer for."""
    mine = selectors.registrations_changeable_by(signed_in(request)).filter(order=order)
    return set(mine.order_by().values_list("pk", flat=True))


def _shared(request: HttpRequest, found: Registration) -> dict[str, Any]:
    number = selectors.numbers_in_line({found.event_id}).get(found.pk) if found.state == "waiting" else None
    you = found.user_id == signed_in(request).pk
    return {
        "event": found.event,
        "registration": found,
        "standing": standing(Coming(found, number), found.event, you=you),
        "you": you,
        "until": deadline_said(found.event),
        "fee": nok(found.fee) if found.fee else "",
    }


def deadline_said(event: Event) -> str:
    """Until when people change it themselves, in words."""
    until = event.change_until or event.starts_at
    if until is None:
        return ""
    when = moment_said(until, event.zone)
    if timezone.now() < until:
        return _("You can change or cancel this yourself until %(when)s.") % {"when": when}
    return _("You could change this yourself until %(when)s. Ask an organiser now.") % {"when": when}
