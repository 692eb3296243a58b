"""An event's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lms.events import presented
from lms.events.views.access import visible_event
from lms.events.views.panel import panel


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, when and where, and the way to a place. An event that a page presents has that page."""
    found = visible_event(request, pk)
    if elsewhere := presented.address_of(request, found.pk):
        return redirect(elsewhere)
    context = panel(request, found)
    context["organises"] = context["panel"].is_organised_by(request.user)
    return render(request, "events/event.html", context)
