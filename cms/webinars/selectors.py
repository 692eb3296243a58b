"""Webinars, read: which one an address means, where each stands, what can be found in them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.access import restrictions_by_path
from cms.findable import Item, Passage
from cms.masterclasses.listening import whole_minutes
from cms.masterclasses.selectors import access_of, length_of, passages_of
from cms.models import WebinarPage
from cms.presenting.selectors import address_of
from cms.presenting.words import begins
from cms.published import published
from cms.translations import live, shown_in
from cms.webinars.rules import KINDS, Stage, stage_of
from lms.events.models import Event
from lms.events.rules import Visibility

KEY = "webinar-"
"""Begins every webinar's key in `cms.findable`."""


def published_page(pk: int) -> WebinarPage | None:
    """The published webinar with this id, its event with it. One query."""
    return live(WebinarPage).filter(pk=pk).select_related("locale", "event").first()


def page_at(request: HttpRequest) -> int | None:
    """The id of the published webinar at the address asked for. No query in a warm process."""
    language = get_language() or settings.LANGUAGE_CODE
    found: dict[str, int] = published(request, ("webinar-addresses", language), lambda: addresses(language))
    return found.get(request.path)


def addresses(language: str) -> dict[str, int]:
    """The id of each published webinar by its address. One query."""
    pages = shown_in(live(WebinarPage), language)
    return {address: page.pk for page in pages if (address := address_of(page))}


def stage(page: WebinarPage, now: datetime | None = None) -> Stage:
    """Where the webinar stands now. No query once its event is read."""
    event: Event = page.event
    return stage_of(
        ends_at=event.ends_at,
        is_cancelled=event.is_cancelled,
        is_recorded=bool(page.audio_id or page.video_id or page.embed),
        now=now or timezone.now(),
    )


# --- What can be found -----------------------------------------------------------------------------------------------


def _listed(language: str) -> Iterator[tuple[WebinarPage, Stage, str]]:
    """Webinars that lists show: to come, or with a recording, and not for invited people only. One query."""
    pages = shown_in(live(WebinarPage), language, same="event").exclude(event__visibility=Visibility.INVITED)
    for page in pages.select_related("event", "audio", "video").prefetch_related("topics", "guests", "event__clusters"):
        stands = stage(page)
        if stands in KINDS and (address := address_of(page)):
            yield page, stands, address


def items(language: str) -> Iterator[Item]:
    """For `cms.findable`. Five queries."""
    listed = list(_listed(language))
    restrictions = restrictions_by_path() if listed else ()
    for page, stands, address in listed:
        yield Item(
            key=f"{KEY}{page.pk}",
            kind=KINDS[stands],
            title=page.title,
            summary=page.summary,
            url=address,
            language=page.locale.language_code,
            topics=frozenset(topic.pk for topic in page.topics.all()),
            level=page.level,
            date=day_of(page.event),
            size=begins(page.event) if stands is Stage.COMING else minutes_of(page),
            access=access_of(page, restrictions),
        )


def day_of(event: Event) -> date | None:
    """The day it begins, where it is held."""
    return event.starts_at.astimezone(event.zone).date() if event.starts_at else None


def minutes_of(page: WebinarPage) -> str:
    seconds = length_of(page)
    return _("%(minutes)s min") % {"minutes": whole_minutes(seconds)} if seconds else ""


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What is written about each, and what is said in its recording. Five queries."""
    for page, stands, address in _listed(language):
        if stands is Stage.COMING:
            page.captions = page.transcript = ""  # nothing of it can be heard yet
        for passage in passages_of(page, address):
            yield f"{KEY}{page.pk}", passage
