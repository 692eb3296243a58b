"""A person's own way in: the key in the address is the secret, so nobody has to sign in.

Nothing here goes by cookies, so a form needs no token against other sites: whoever can make the address has the key.
(A page without a referrer could not send one either: browsers then post from an origin called “null”.)
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.accounts.models import User
from lms.accounts.rules import zone
from lms.events.actions.joining import join as note_joining
from lms.events.actions.joining import refuse_outside
from lms.events.actions.moving import Refused
from lms.events.models import Event, Registration
from lms.events.rules.being_there import PLANNED, door
from lms.events.selectors.attendance import registration_with_key, spans_of
from lms.events.shown import moment_said_to

View = Callable[..., HttpResponse]


def by_key(view: View) -> View:
    """The view gets the registration the key belongs to. Nothing it answers is kept, listed, or told to other sites."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def asked(request: HttpRequest, join_key: str) -> HttpResponse:
        found = registration_with_key(join_key)
        if found is None:
            raise Http404
        response = view(request, found)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return asked


@by_key
def join(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One button. Only pressing it notes anything: programs that look through mail follow every link."""
    try:
        refuse_outside(registration)
        if request.method == "POST":
            note_joining(registration)
            if address := meeting(registration.event):
                return away(address)
    except Refused as refusal:
        return page(request, registration, refused=refusal.sentence)
    return page(request, registration)


def page(request: HttpRequest, registration: Registration, *, refused: str = "") -> HttpResponse:
    """What the link shows now: the button, when it opens, that it is over, or why there is no way in."""
    event = registration.event
    state, opens = door(spans_of(event.pk), timezone.now())
    person = request.user if isinstance(request.user, User) else registration.user
    reader = zone(person.time_zone) if person else None
    address = meeting(event)
    context: dict[str, Any] = {
        "event": event,
        "registration": registration,
        "has_place": registration.state in PLANNED,
        "refused": refused,
        "door": state.value,
        "opens": moment_said_to(opens, event.zone, reader) if opens else "",
        "starts": moment_said_to(event.starts_at, event.zone, reader) if event.starts_at else "",
        "has_meeting": bool(address),
    }
    response = render(request, "events/join.html", context)
    if address:
        # Browsers hold a form to the policy also where the answer sends them on, and meeting tools send on once more.
        schemes = ["https:", "http:"] if urlsplit(address).scheme == "http" else ["https:"]
        response._csp_update = {"form-action": schemes}  # type: ignore[attr-defined]
    return response


def meeting(event: Event) -> str:
    """The address of the meeting, if it is one a browser may be sent to."""
    try:
        parts = urlsplit(event.link)
    except ValueError:
        return ""
    return event.link if parts.scheme in ("http", "https") and parts.netloc else ""


def away(address: str) -> HttpResponse:
    """303: what was a POST here is a GET there."""
    return HttpResponse(status=303, headers={"Location": address})
