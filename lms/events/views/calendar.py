"""Calendars: an event's file, a person's own feed, and the page where they make its address.

A calendar has no session: the token in the address says who asks, and every request looks again whether they may.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.core.conditional import ASK_AGAIN, ONE_ASKS_AGAIN, Body, answer, answer_made
from lms.events.actions import calendar as actions
from lms.events.ics import CONTENT_TYPE, calendar_file, entries_of, feed_address, version_of, ways_in
from lms.events.selectors import calendar as selectors
from lms.events.views.access import signed_in, visible_event


@require_safe
def event_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The event as a file, for whoever may see it; for somebody registered, as they stand and with their sessions."""
    event = visible_event(request, pk)
    registration = selectors.registration_at(event, request.user)
    entries = entries_of(event, registration)
    if not entries:
        raise Http404
    changed = int(max(entry.changed_at for entry in entries).timestamp())
    body = Body.of(calendar_file(entries, cancels=event.is_cancelled), CONTENT_TYPE, changed)
    response = answer(request, body, cache_control=ONE_ASKS_AGAIN if request.user.is_authenticated else ASK_AGAIN)
    name = f"{slugify(event.title)[:60] or 'event'}.ics"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Everything the owner of the address is registered at, in their language."""
    found = selectors.calendar_for(token)
    if found is None:
        raise Http404
    now = timezone.now()
    registrations = selectors.registrations_in_calendar(found.user, now=now)
    with translation.override(found.user.language):
        entries = [entry for one in registrations for entry in entries_of(one.event, one)]
        name = _("Landfall: events of %(name)s") % {"name": str(found.user)}
        version = version_of(entries, name)
        response = answer_made(
            request,
            lambda: calendar_file(entries, name=name),
            content_type=CONTENT_TYPE,
            etag=f'"{version[:32]}"',
            changed=int(actions.note_fetch(found, version, now=now).timestamp()),
            cache_control=ONE_ASKS_AGAIN,
        )
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


# --- The page --------------------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Whether one has an address of one's own, and what one can do about it."""
    return calendar_page(request)


@login_required
@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make an address and show it: this once, since only its digest is kept."""
    return calendar_page(request, feed=feed_address(actions.make_address(signed_in(request))))


@login_required
@never_cache
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    if actions.revoke_address(signed_in(request)):
        messages.success(request, _("The address is taken back. Whatever used it gets nothing more."))
    return redirect("events:own_calendar")


def calendar_page(request: HttpRequest, *, feed: str = "") -> HttpResponse:
    """The page itself; with the address, if one was just made."""
    address = selectors.open_calendar_of(signed_in(request))
    context = {"address": address, "feed": feed, "ways_in": ways_in(feed) if feed else []}
    return render(request, "events/own_calendar.html", context)
