"""The sitemap: every address search engines may read, each with its translations. Nothing that is not everybody's.

Apps above this one register what they have from their `AppConfig.ready()`. Built once per content version.
Form: sitemaps.org/protocol.html; translations: developers.google.com/search/docs/specialty/international.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from cms.access import restrictions_by_path, restrictions_of
from cms.findable import all_items
from cms.models import (
    DelegationsPage,
    HomePage,
    MasterclassesPage,
    MasterclassPage,
    StandardPage,
    Topic,
    WebinarsPage,
)
from cms.podcast import selectors as podcast
from cms.rules import IN_LIBRARY, Audience

MOST = 50_000
"""Addresses one sitemap may hold, by the protocol."""
PAGE_TYPES = (HomePage, StandardPage, MasterclassesPage, MasterclassPage, WebinarsPage, DelegationsPage)
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Entry:
    """An address below the site's own. Entries of one `key` say the same in several languages."""

    key: str
    language: str
    path: str
    changed: datetime | None = None


Entries = Callable[[HttpRequest], Iterable[Entry]]
"""All public addresses of a part of the product, in all languages; a fixed number of queries."""
_providers: dict[str, Entries] = {}


def register(name: str, entries: Entries) -> None:
    """Make a part's addresses known. Registering the same name again replaces it."""
    _providers[name] = entries


def sitemap_xml(request: HttpRequest) -> bytes:
    """The sitemap, in the order of its parts."""
    parts: list[Entries] = [pages, topics, podcast_pages, library, *_providers.values()]
    found = {entry.path: entry for part in parts for entry in part(request)}
    translations: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.values():
        translations[entry.key].append(entry)
    rows = [
        {"entry": entry, "translations": same if len(same) > 1 else []}
        for entry in list(found.values())[:MOST]
        for same in [translations[entry.key]]
    ]
    return render_to_string("cms/sitemap.xml", {"rows": rows, "site": settings.SITE_URL}).encode()


def pages(request: HttpRequest) -> Iterator[Entry]:
    """Our own pages, masterclasses among them."""
    restrictions = restrictions_by_path()
    for_some = set(MasterclassPage.objects.exclude(audience=Audience.EVERYONE).values_list("pk", flat=True))
    live = Page.objects.live().type(*PAGE_TYPES).exclude(expire_at__lte=timezone.now()).order_by("path")
    for page in live.select_related("locale"):
        if page.pk in for_some or restrictions_of(page.path, restrictions):
            continue
        if url := page.get_url(request):
            language = page.locale.language_code
            yield Entry(f"page-{page.translation_key}", language, urlsplit(url).path, page.last_published_at)


def topics(_request: HttpRequest) -> Iterator[Entry]:
    """Every topic, in the languages it is named in."""
    for topic in Topic.objects.all():
        for language in LANGUAGES:
            if language == settings.LANGUAGE_CODE or topic.title_nb:
                with override(language):
                    feed = reverse("cms:topic_feed", args=[topic.slug])
                yield Entry(f"topic-{topic.pk}", language, feed.removesuffix("feed.xml"))


def podcast_pages(request: HttpRequest) -> Iterator[Entry]:
    for language in LANGUAGES:
        with override(language):
            show = podcast.show(request)
            if show and show.access.is_open and show.language == language:
                yield Entry("podcast", language, reverse("cms:podcast"), show.changed)


def library(request: HttpRequest) -> Iterator[Entry]:
    """The lists, and what of the library is ours and everybody's: no other publisher's link."""
    for route in ("cms:topics", "cms:events", "cms:library"):
        for language in LANGUAGES:
            with override(language):
                yield Entry(route, language, reverse(route))
    with override(settings.LANGUAGE_CODE):
        for item in all_items(request):
            if item.kind in IN_LIBRARY and item.access.is_open and item.url.startswith("/"):
                yield Entry(item.key, item.language, item.url.partition("#")[0])
