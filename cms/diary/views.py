"""The calendar of events: the list, the month, and what is coming on the front page."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.diary import selectors
from cms.diary.rules import KIND, Listed, Month, place_facet
from cms.diary.selectors import Line
from cms.models import WebinarsPage
from cms.sharing.rules import Share
from cms.sharing.selectors import default_picture, whole
from cms.topics.rules import Facet, Found, address, find
from cms.topics.selectors import list_page, topic_facet, topics
from cms.topics.views import answer
from lms.events.rules import Visibility

PER_PAGE = 50
ON_THE_FRONT_PAGE = 3
PAST = "past"


def home_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is coming; with `?when=past` what has been, newest first."""
    now = timezone.now()
    every = selectors.listed(request.user)
    facets = facets_for(request, every)
    coming = narrowed(request, [one for one in every if not one.is_past(now)], facets)
    past = narrowed(request, [one for one in reversed(every) if one.is_past(now)], facets, PAST)
    found = past if request.GET.get("when") == PAST else coming
    shown = selectors.lines((one.id for one in found.page.object_list), request.user, now=now)
    found.page.object_list = shown  # type: ignore[assignment]  # the page is counted and cut already
    context = {
        "coming": coming,
        "past": past,
        "is_past": found is past,
        "month_url": month_address(this_month(now), found),
        "above": "cms/diary/_when.html",
        "entries": "cms/diary/_lines.html",
        "share": list_share(shown),
        "has_webinars": list_page(request, WebinarsPage) is not None,
    }
    return answer(request, "cms/diary/events.html", found, context)


def facets_for(request: HttpRequest, every: list[Listed]) -> list[Facet[Listed]]:
    return [KIND, topic_facet(topics(request)), place_facet(every)]


def narrowed(request: HttpRequest, items: list[Listed], facets: list[Facet[Listed]], when: str = "") -> Found[Listed]:
    """The events that fit the filters in the address."""
    kept = [("when", when)] if when else []
    return find(items, request.GET, facets, path=reverse("cms:events"), kept=kept, per_page=PER_PAGE)


@require_safe
def month(request: HttpRequest, word: str = "") -> HttpResponse:
    """A month as a sheet, in the site's zone; this month where none is named. The filters of the list hold here too."""
    home, today = home_zone(), local_day(timezone.now())
    this = Month(today.year, today.month)
    shown = Month.read(word) if word else this
    if shown is None:
        raise Http404
    every = selectors.listed(request.user)
    found = narrowed(request, every, facets_for(request, every))
    fit = {one.id for one in found.matching}
    sessions = [one for one in selectors.sessions_in(shown, request.user, home) if one.event_id in fit]
    weeks = selectors.sheet(shown, sessions, home, today)
    context = {
        "month": shown,
        "weeks": weeks,
        "weekdays": [WEEKDAYS[n] for n in range(7)],
        "is_empty": not any(day.entries for week in weeks for day in week if not day.is_outside),
        "turns": [turn(shown.moved(step), found, span_of(every, this, home)) for step in (-1, 1)],
        "is_now": shown == this,
        "this_url": month_address(this, found),
        "chips": [(chip.label, month_address(shown, found, (chip.name, chip.value))) for chip in found.chips],
        "list_url": address(found.path, chosen(found)),
        "city": home.key.rsplit("/", 1)[-1].replace("_", " "),
    }
    return render(request, "cms/diary/month.html", context)


def turn(month: Month, found: Found[Any], span: tuple[date, date]) -> tuple[date, str] | None:
    """A neighbouring month's first day and its address; None where nothing comes any more in that direction."""
    first, last = span
    return (month.first, month_address(month, found)) if month.is_known and first <= month.first <= last else None


def span_of(every: list[Listed], this: Month, home: ZoneInfo) -> tuple[date, date]:
    """The first days of the months of the first and the last event somebody sees; this month is among them.

    Without these ends a program that follows links would walk through the centuries.
    """
    moments = [moment for one in every for moment in (one.starts_at, one.ends_at) if moment]
    months = {this.first, *(moment.astimezone(home).date().replace(day=1) for moment in moments)}
    return min(months), max(months)


def chosen(found: Found[Any], without: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    return [(chip.name, chip.value) for chip in found.chips if (chip.name, chip.value) != without]


def month_address(month: Month, found: Found[Any], without: tuple[str, str] | None = None) -> str:
    """A month with the same filters, but `without` one."""
    return address(reverse("cms:events_month", args=[month.word]), chosen(found, without))


def this_month(now: datetime) -> Month:
    today = local_day(now)
    return Month(today.year, today.month)


def local_day(now: datetime) -> date:
    return timezone.localtime(now, home_zone()).date()


def list_share(lines: list[Line]) -> Share:
    """What others read of the list: the events of it that are everybody's."""
    public = [line.event for line in lines if line.event.visibility == Visibility.EVERYONE]
    url = whole(reverse("cms:events"))
    entries = [
        {"@type": "ListItem", "position": n, "name": event.title, "url": whole(event.get_absolute_url())}
        for n, event in enumerate(public, start=1)
    ]
    data = ({"@type": "ItemList", "name": _("Events"), "url": url, "itemListElement": entries},) if entries else ()
    language = get_language() or settings.LANGUAGE_CODE
    told = _("Webinars, workshops, delegations and meetings: when they are, and how many places are left.")
    return Share(_("Events"), told, url, default_picture(), language, settings.WAGTAIL_SITE_NAME, data=data)


def front_page(request: HttpRequest) -> SafeString:
    """What is coming and open to everybody, for the front page; nothing where there is none."""
    lines = selectors.coming_to_everybody(now=timezone.now(), most=ON_THE_FRONT_PAGE)
    return render_to_string("cms/diary/_coming.html", {"lines": lines}) if lines else SafeString()
