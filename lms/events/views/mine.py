"""A person's own events: what they come to, and whom they registered."""

from dataclasses import dataclass
from datetime import time

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.events import selectors
from lms.events.models import Event
from lms.events.selectors import OwnEvent
from lms.events.shown import days_said, hours_said, zone_said
from lms.events.views.access import signed_in
from lms.events.views.panel import Standing, standings

PAST_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One event of somebody's, in words."""

    event: Event
    when: str
    zone: str
    own: list[Standing]
    colleagues: list[Standing]


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is to come, the next first; then what has been, the latest first."""
    coming, past = selectors.events_of(signed_in(request), now=timezone.now())
    page = Paginator(past, PAST_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "coming": [_shown(one) for one in coming],
        "past": [_shown(one) for one in page],
        "page": page,
    }
    return render(request, "events/mine.html", context)


def _shown(one: OwnEvent) -> Shown:
    own, colleagues = standings(one.own, one.colleagues)
    event = one.event
    if event.starts_at is None:
        return Shown(event, "", "", own, colleagues)
    first = event.starts_at.astimezone(event.zone)
    last = (event.ends_at or event.starts_at).astimezone(event.zone)
    when = days_said(first.date(), last.date())
    if first.time() != time.min:  # at midnight stands a day whose hour is still to come
        when = f"{when}, {hours_said(first, None)}"
    return Shown(event, when, zone_said(first, event.zone), own, colleagues)
