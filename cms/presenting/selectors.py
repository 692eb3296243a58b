"""Which page presents an event, and whether what is kept of presented events is out of date."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.addresses import in_active_language
from cms.models import DelegationPage, WebinarPage
from cms.published import published
from cms.translations import live, shown_in
from lms.events.models import Event

PAGES: tuple[type[WebinarPage] | type[DelegationPage], ...] = (WebinarPage, DelegationPage)


def address_of_event(request: HttpRequest, event: int) -> str | None:
    """The address of the published page about this event, in the request's language. No query in a warm process."""
    language = get_language() or settings.LANGUAGE_CODE
    known: dict[int, str] = published(request, ("presented", language), lambda: dict(_addresses(language)))
    return known.get(event)


def _addresses(language: str) -> Iterator[tuple[int, str]]:
    for model in PAGES:
        for page in shown_in(live(model), language, same="event").order_by("-path"):
            if address := address_of(page):
                yield page.event_id, address


def address_of(page: WebinarPage | DelegationPage) -> str:
    """The page's address in the active language; "" for a page outside every site. No query once sites are known."""
    address = page.get_url() or ""
    return in_active_language(address, page.locale.language_code) if address else ""


def presented_events() -> QuerySet[Event]:
    """Events that a published page presents."""
    pages = (live(model).filter(event=OuterRef("pk")) for model in PAGES)
    return Event.objects.filter(Q(*(Exists(those) for those in pages), _connector=Q.OR))


def topics_of_events(events: Collection[int]) -> dict[int, set[int]]:
    """For `cms.diary.topics_of`: the topics of the published pages about these events. One query."""
    rows = [live(model).filter(event__in=events, topics__isnull=False).order_by() for model in PAGES]
    pairs = [pages.values_list("event", "topics") for pages in rows]
    found: dict[int, set[int]] = defaultdict(set)
    for event, topic in pairs[0].union(*pairs[1:]):
        found[event].add(topic)
    return found


def have_moved_on(*, since: datetime, now: datetime, margin: datetime) -> bool:
    """Whether a presented event ended after `since`, or was changed after `margin`. One query."""
    ended = Q(ends_at__gt=since, ends_at__lte=now)
    return presented_events().filter(ended | Q(changed_at__gt=margin)).exists()
