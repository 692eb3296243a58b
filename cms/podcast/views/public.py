"""The podcast for everybody: its page, its feed, a feed for each topic, chapters."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.access import visitor_of
from cms.findable import all_items
from cms.models import Topic
from cms.podcast import selectors
from cms.podcast.feed import CONTENT_TYPE, podcast_xml, whole
from cms.podcast.rules import chapters_json
from cms.podcast.topic_feed import topic_xml
from cms.published import changed, published
from cms.rules import ANYBODY
from lms.core.conditional import ASK_AGAIN, FOR_ONE, Body, answer

CHAPTERS_TYPE = "application/json+chapters"
LATEST = 10


def ways_in(feed: str) -> list[tuple[Any, str]]:
    """(words, address) of the programs that can be told of a feed by a link."""
    bare = feed.partition("://")[2]
    return [
        (_("Apple Podcasts"), f"podcast://{bare}"),
        (_("Overcast"), f"overcast://x-callback-url/add?url={quote(feed, safe='')}"),
        (_("Pocket Casts"), f"pktc://subscribe/{bare}"),
        (_("AntennaPod"), f"antennapod-subscribe://{bare}"),
    ]


@require_safe
def podcast(request: HttpRequest) -> HttpResponse:
    """What the podcast is, how to subscribe, its latest episodes, a feed for each topic."""
    visitor = visitor_of(request)
    show = selectors.show_or_404(request, visitor)
    feed = whole("cms:podcast_feed")
    episodes = show.for_visitor(visitor)
    context = {
        "show": show,
        "feed": feed if show.access.is_open else "",
        "ways_in": ways_in(feed),
        "episodes": episodes[:LATEST],
        "total": len(episodes),
        "topics": selectors.topics(request),
    }
    response = render(request, "cms/podcast/podcast.html", context)
    if not show.access.is_open:
        add_never_cache_headers(response)
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The public feed: open episodes only, made once for each content version."""
    show = selectors.show_or_404(request, ANYBODY)

    def build() -> Body:
        return Body.of(podcast_xml(show, show.for_everybody()), CONTENT_TYPE, changed(request))

    return answer(request, published(request, ("podcast-feed", get_language()), build))


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything public under a topic."""
    topic = get_object_or_404(Topic, slug=slug)

    def build() -> Body:
        since = changed(request)
        xml = topic_xml(topic, all_items(request), changed=datetime.fromtimestamp(since or 0, UTC))
        return Body.of(xml, CONTENT_TYPE, since)

    return answer(request, published(request, ("topic-feed", topic.pk, get_language()), build))


@require_safe
def chapters(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A masterclass's chapters as Podcasting 2.0 has them, for whoever may see its page."""
    page, access = selectors.masterclass_or_404(visitor_of(request), pk)
    content = chapters_json(page.title, selectors.chapters_of(page))
    body = Body.of(json.dumps(content).encode(), CHAPTERS_TYPE)
    return answer(request, body, cache_control=ASK_AGAIN if access.is_open else FOR_ONE)
