"""Who was there, as organisers note it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from lms.events.actions import attending
from lms.events.actions.moving import Refused
from lms.events.attendance_forms import ListForm
from lms.events.models import Event, Registration, Session
from lms.events.rules.being_there import PLANNED
from lms.events.selectors.attendance import Attended, Counted, attended, people_of, planned_for
from lms.events.shown import moment_said
from lms.events.views.access import organised_event, signed_in

PAGE = 50


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who was to be in a session, and whether they were. POST notes one person, or takes that back."""
    event = organised_event(request, pk)
    if request.method != "POST":
        return show(request, event)
    session = session_named(event, request.POST.get("session"))
    coming = Registration.objects.filter(event=event, state__in=PLANNED)
    person = coming.filter(pk=_number(request.POST.get("registration")) or 0).first()
    refused = "" if person else _("This person has no place any more. Nothing was changed.")
    if person and request.POST.get("present") == "1":
        attending.note_all(event.pk, session, [person.pk], by=signed_in(request))
    elif person:
        attending.take_back(person, session, by=signed_in(request))
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, event, session=session, refused=refused)
    if refused:
        messages.error(request, refused)
    return redirect(address_of(event, session, page=request.POST.get("page", ""), named=request.POST.get("q", "")))


@login_required
@require_POST
def mark_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who was to be in the session was."""
    event = organised_event(request, pk)
    session = session_named(event, request.POST.get("session"))
    counted = attended(event).counted(session.pk)
    ids = planned_for(event, counted).values_list("pk", flat=True) if counted else []
    new = attending.note_all(event.pk, session, ids, by=signed_in(request))
    words = ngettext("%(new)s more person is noted as there.", "%(new)s more people are noted as there.", new)
    messages.success(request, words % {"new": new})
    return redirect(address_of(event, session))


@login_required
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of everybody whether they were there."""
    event = organised_event(request, pk)
    try:
        there, absent = attending.finish(event.pk)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        words = _("Finished: %(there)s were there, %(absent)s were not. You can still correct it.")
        messages.success(request, words % {"there": there, "absent": absent})
    return redirect("events:attendance", pk)


def show(
    request: HttpRequest,
    event: Event,
    *,
    session: Session | None = None,
    list_form: ListForm | None = None,
    refused: str = "",
) -> HttpResponse:
    """The page, or for htmx its list alone."""
    asked = request.POST if request.method == "POST" else request.GET
    counts = attended(event)
    shown = _shown(counts, session.pk if session else _number(asked.get("session")))
    named = asked.get("q", "")[:100].replace("\0", "").strip()
    people = Paginator(people_of(event, shown, named=named) if shown else Registration.objects.none(), PAGE)
    if shown and not named and not shown.by_choice:
        people.count = shown.planned  # counted already
    context: dict[str, Any] = {
        "event": event,
        "tab": "attendance",
        "counts": counts,
        "shown": shown,
        "when": moment_said(shown.session.starts_at, event.zone) if shown else "",
        "named": named,
        "refused": refused,
        "page": people.get_page(asked.get("page")),
        "query": urlencode({"session": shown.session.pk, "q": named}) if shown else "",
        "path": reverse("events:attendance", args=[event.pk]),
        "list_form": list_form or ListForm(),
        "is_over": event.ends_at is not None and timezone.now() >= event.ends_at,
    }
    part = request.htmx and list_form is None  # type: ignore[attr-defined]
    return render(request, "events/_attendance.html" if part else "events/attendance.html", context)


def _shown(counts: Attended, asked: int | None) -> Counted | None:
    """The session asked for; else the one that runs or ran last, or the first."""
    if asked is not None:
        if found := counts.counted(asked):
            return found
        raise Http404
    now = timezone.now()
    begun = [one for one in counts.sessions if one.session.starts_at <= now]
    return next(iter(begun[-1:] or counts.sessions), None)


def session_named(event: Event, text: str | None) -> Session:
    """The event's session with that id; without one, that which the page shows by itself. 404 where there is none."""
    if text:
        return get_object_or_404(Session, event=event, pk=_number(text))
    shown = _shown(attended(event), None)
    if shown is None:
        raise Http404
    return shown.session


def address_of(event: Event, session: Session, *, page: str = "", named: str = "") -> str:
    asked = {"session": str(session.pk), "q": named, "page": page}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('events:attendance', args=[event.pk])}?{query}"


def _number(text: str | None) -> int | None:
    """The number somebody sent; None where there is none, 404 where it is something else."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)
