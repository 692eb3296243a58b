"""What somebody organises: their events, making one, and changing one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from lms.events import selectors
from lms.events.actions import Refused, arranging
from lms.events.forms import Arranged
from lms.events.models import Event
from lms.events.selectors.notes import open_action_items_for
from lms.events.views.access import organised_event, signed_in

A_PAGE = 30
ITEMS_SHOWN = 10


@require_safe
@login_required
def organise(request: HttpRequest) -> HttpResponse:
    """The events somebody organises: those to come, or those that have been."""
    user = signed_in(request)
    may_make = selectors.may_organise(user)
    if not may_make and not selectors.events_organised_by(user).exists():
        raise Http404
    past = "past" in request.GET
    events = selectors.events_organised_in_time(user, past=past, now=timezone.now())
    words = {
        "page": Paginator(selectors.with_places(events), A_PAGE).get_page(request.GET.get("page")),
        "past": past,
        "query": "past=1" if past else "",
        "may_make": may_make,
        "items": [] if past else list(open_action_items_for(user)[:ITEMS_SHOWN]),
        "today": timezone.localdate(),
    }
    return render(request, "events/organise.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def new(request: HttpRequest) -> HttpResponse:
    """Make an event. Sent twice, it is made once: the form brings the event's uid."""
    user = signed_in(request)
    if not selectors.may_organise(user):
        raise Http404
    if request.method != "POST":
        return _form(request, Arranged.new(by=user, uid=str(uuid.uuid4())))
    arranged = Arranged.sent(request.POST, event=None, by=user)
    if "add" in request.POST:
        return _another_row(request, arranged)
    if arranged.is_valid():
        try:
            event = arranging.create(arranged.data(), by=user, uid=arranged.form.cleaned_data["uid"])
        except Refused as refused:
            arranged.refuse(refused)
        else:
            messages.success(request, _("The event is made. People who may see it can register now."))
            return redirect("events:edit", event.pk)
    return _form(request, arranged)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event; what somebody else changed meanwhile is shown beside what was typed."""
    event, user = organised_event(request, pk), signed_in(request)
    if request.method != "POST" or event.is_cancelled:
        return _form(request, Arranged.of(event), event)
    arranged = Arranged.sent(request.POST, event=event, by=user)
    if "add" in request.POST:
        return _another_row(request, arranged, event)
    if arranged.is_valid():
        try:
            changed = arranging.change(event, arranged.data(), by=user, seen=arranged.seen_at)
        except arranging.Overtaken:
            arranged = arranged.over(organised_event(request, pk))
        except Refused as refused:
            arranged.refuse(refused)
        else:
            messages.success(request, _what_follows(event, changed))
            return redirect("events:edit", event.pk)
    return _form(request, arranged, event)


def _what_follows(before: Event, after: Event) -> str:
    if before.sequence == after.sequence:
        return _("Saved.")
    return _("Saved. Everybody who comes, waits or has asked gets mail about it in ten minutes.")


def _form(request: HttpRequest, arranged: Arranged, event: Event | None = None) -> HttpResponse:
    """The page. A refused form may have written into the event it was given: what is shown is read again."""
    shown = Event.objects.get(pk=event.pk) if event else None
    if shown is None:
        return render(request, "events/new.html", {"arranged": arranged})
    words = {
        "arranged": arranged,
        "event": shown,
        "changes": selectors.changes_told(shown),
        "to_confirm": shown.is_tentative or shown.sessions.filter(tentative=True).exists(),
    }
    return render(request, "events/edit.html", words)


def _another_row(request: HttpRequest, arranged: Arranged, event: Event | None = None) -> HttpResponse:
    """The form with one more row; where the page can take it, that part of it alone."""
    part = request.POST["add"]
    arranged = arranged.with_another(part)
    if request.htmx and arranged.new_row:  # type: ignore[attr-defined]
        return render(request, f"events/_{arranged.new_row}.html", {"arranged": arranged})
    return _form(request, arranged, event)
