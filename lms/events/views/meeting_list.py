"""The meeting tool's list: read, shown beside the registrations, and noted only when an organiser says so.

What was read travels in the page, signed: nothing is kept here until then.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.events.actions import attending
from lms.events.attendance_forms import ListForm
from lms.events.models import Attendance, Event, Session
from lms.events.rules import HowSeen
from lms.events.rules.meeting_list import Row
from lms.events.rules.meeting_match import By, Known, Match, Matching, joined_at, matching
from lms.events.selectors.attendance import people_of
from lms.events.views.access import organised_event, signed_in
from lms.events.views.attendance import address_of, session_named, show

SALT = "lms.events.meeting_list"
KEPT = 60 * 60 * 4
"""Seconds in which a list that was read can be noted."""

BY_HAND = 100
"""How many rows without a match are offered to be matched by hand; of the rest the page says how many."""


@login_required
@never_cache
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the list and show who is who. Nothing is noted."""
    event = organised_event(request, pk)
    session = session_named(event, request.POST.get("session"))
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, event, session=session, list_form=form)
    return preview(request, event, session, form.rows)


@login_required
@never_cache
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Note those who matched, and those matched by hand."""
    event = organised_event(request, pk)
    try:
        read = signing.loads(request.POST.get("read", ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        messages.error(request, _("The list was read too long ago. Nothing was noted: choose the file again."))
        return redirect("events:attendance", pk)
    session = session_named(event, str(read["session"]))
    rows = [Row(*row) for row in read["rows"]]
    people = known_at(event)
    found = matching(rows, people)
    by_hand, errors = matched_by_hand(found, people, request.POST)
    if errors:
        return preview(request, event, session, rows, typed=request.POST, errors=errors)
    seen = [
        (one.known.id, joined_at(one.row.joined, event.zone, session.starts_at, session.until))
        for one in (*found.matched, *by_hand)
    ]
    new = attending.note(event.pk, session.pk, seen, how=HowSeen.LIST, by=signed_in(request), now=timezone.now())
    words = ngettext("%(new)s more person is noted as there.", "%(new)s more people are noted as there.", new)
    messages.success(request, words % {"new": new})
    return redirect(address_of(event, session))


def known_at(event: Event) -> list[Known]:
    return [Known(*row) for row in people_of(event).values_list("pk", "name", "email")]


def matched_by_hand(found: Matching, people: list[Known], typed: Any) -> tuple[list[Match], dict[int, str]]:
    """Whom an organiser named for rows without a match, by address; and a sentence by row where that is nobody."""
    by_email = {one.email.casefold(): one for one in people}
    taken = {one.known.id: one.row.name or one.row.email for one in found.matched}
    matched, errors = [], {}
    for at, row in enumerate(found.unmatched[:BY_HAND]):
        text = typed.get(f"person-{at}", "").strip()
        if not text:
            continue
        person = by_email.get(text.casefold())
        if person is None:
            errors[at] = _("Nobody with this address was to come. Choose one of the list, or leave it empty.")
        elif person.id in taken:
            errors[at] = _("%(name)s is “%(row)s” of the list already.") % {
                "name": person.name,
                "row": taken[person.id],
            }
        else:
            taken[person.id] = row.name or row.email
            matched.append(Match(row, person, By.HAND))
    return matched, errors


def preview(
    request: HttpRequest,
    event: Event,
    session: Session,
    rows: list[Row],
    *,
    typed: Any = None,
    errors: dict[int, str] | None = None,
) -> HttpResponse:
    """Who is who, who is noted already, and who is nobody we know."""
    people = known_at(event)
    found = matching(rows, people)
    noted = set(Attendance.objects.filter(session=session).values_list("registration", flat=True))
    taken = {one.known.id for one in found.matched}
    read = {"session": session.pk, "rows": [[one.name, one.email, one.joined, one.times] for one in rows]}
    context = {
        "event": event,
        "tab": "attendance",
        "session": session,
        "new": [one for one in found.matched if one.known.id not in noted],
        "already": [one for one in found.matched if one.known.id in noted],
        "doubled": found.doubled,
        "repeated": [one for one in found.matched if one.row.times > 1],
        "unmatched": [
            (at, row, (typed or {}).get(f"person-{at}", ""), (errors or {}).get(at, ""))
            for at, row in enumerate(found.unmatched[:BY_HAND])
        ],
        "unmatched_count": len(found.unmatched),
        "more": max(0, len(found.unmatched) - BY_HAND),
        "people": [one for one in people if one.id not in taken],
        "read": signing.dumps(read, salt=SALT, compress=True),
    }
    return render(request, "events/meeting_list.html", context)
