"""Feeds as programs read them: by feedparser, by podcastparser, and as plain XML."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import feedparser
import podcastparser
from django.http import HttpResponse

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def channel(response: HttpResponse) -> ElementTree.Element:
    """The feed's channel; a feed that is no XML is an error here."""
    found = ElementTree.fromstring(response.content).find("channel")
    assert found is not None
    return found


def one(element: ElementTree.Element, path: str) -> ElementTree.Element:
    """The only element there."""
    found = element.findall(path, NAMES)
    assert len(found) == 1, f"{len(found)} × {path}"
    return found[0]


def text(element: ElementTree.Element, path: str) -> str:
    return one(element, path).text or ""


def by_feedparser(response: HttpResponse) -> Any:
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def by_podcastparser(response: HttpResponse) -> dict[str, Any]:
    found: dict[str, Any] = podcastparser.parse("https://site.example/feed.xml", BytesIO(response.content))
    return found
