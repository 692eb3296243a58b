"""The feeds as XML: RSS 2.0 with what Apple and the Podcasting 2.0 namespace ask for, on Django's own generator.

RSS: www.rssboard.org/rss-specification; Apple: help.apple.com/itc/podcasts_connect (RSS feed requirements);
Podcasting 2.0: github.com/Podcastindex-org/podcast-namespace (docs/1.0.md).
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from cms.podcast.rules import xml_safe
from cms.podcast.show import Episode, Show

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
CONTENT_TYPE = "application/rss+xml; charset=utf-8"
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
CATEGORIES = (("Business", "Entrepreneurship"), ("Health & Fitness", "Medicine"))
"""Of Apple's list: what a founder in health technology looks under."""


class _SafeXML(SimplerXMLGenerator):
    """Leaves out what XML cannot carry, in texts and attributes, so that no title can break the feed."""

    def characters(self, content: str) -> None:
        super().characters(xml_safe(content))

    def startElement(self, name: str, attrs: Any) -> None:
        safe: Any = {key: xml_safe(value) for key, value in (attrs or {}).items()}
        super().startElement(name, safe)


class SafeFeed(Rss201rev2Feed):
    """Django's RSS feed, for any text. It says when it last changed as its maker knows: an empty feed, too."""

    def write(self, outfile: Any, encoding: str) -> None:
        xml = _SafeXML(outfile, encoding, short_empty_elements=True)
        xml.startDocument()
        xml.startElement("rss", self.rss_attributes())
        xml.startElement("channel", self.root_attributes())
        self.add_root_elements(xml)
        self.write_items(xml)
        self.endChannelElement(xml)
        xml.endElement("rss")

    def latest_post_date(self) -> Any:
        return self.feed.get("changed") or super().latest_post_date()

    def as_bytes(self) -> bytes:
        written = BytesIO()
        self.write(written, "utf-8")
        return written.getvalue()


class PodcastFeed(SafeFeed):
    """The show and its episodes."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        show, add = self.feed["show"], handler.addQuickElement
        self._picture(handler, show.cover)
        for category, narrower in CATEGORIES:
            handler.startElement("itunes:category", {"text": category})
            add("itunes:category", None, {"text": narrower})
            handler.endElement("itunes:category")
        add("itunes:author", show.author)
        add("itunes:summary", show.summary)
        add("itunes:type", "episodic")
        add("itunes:explicit", "false")
        add("podcast:guid", self.feed["podcast_guid"])
        add("podcast:medium", "podcast")
        add("podcast:locked", "yes", {"owner": show.email} if show.email else {})
        if show.email:
            handler.startElement("itunes:owner", {})
            add("itunes:name", show.author)
            add("itunes:email", show.email)
            handler.endElement("itunes:owner")
        if show.funding:
            add("podcast:funding", show.funding[1], {"url": show.funding[0]})
        if self.feed["private"]:  # no directory lists a feed that is one person's
            add("itunes:block", "Yes")
            add("podcast:block", "yes")

    def _picture(self, handler: Any, address: str) -> None:
        handler.addQuickElement("itunes:image", None, {"href": address})
        handler.startElement("image", {})
        handler.addQuickElement("url", address)
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        episode, add = item["episode"], handler.addQuickElement
        add("content:encoded", f"<p>{escape(episode.summary)}</p>{episode.notes}")
        add("itunes:title", episode.title)
        add("itunes:summary", episode.summary)
        add("itunes:author", self.feed["show"].author)
        add("itunes:episode", str(item["number"]))
        add("itunes:episodeType", "full")
        add("itunes:explicit", "false")
        if episode.recording.seconds:
            add("itunes:duration", str(episode.recording.seconds))
        for name, is_host in episode.speakers:
            add("podcast:person", name, {"role": "host" if is_host else "guest"})
        if episode.has_captions:
            about = {"type": "text/vtt", "language": episode.language, "rel": "captions"}
            add("podcast:transcript", None, {"url": item["captions"], **about})
        if episode.chapters:
            add("podcast:chapters", None, {"url": item["chapters"], "type": "application/json+chapters"})
        if episode.soundbite:
            start, seconds = episode.soundbite
            add("podcast:soundbite", episode.title, {"startTime": f"{start}.0", "duration": f"{seconds}.0"})


class Addresses:
    """Where an episode's files are: for everybody; for a feed with a token, by that token where they are not."""

    def __init__(self, token: str = "") -> None:
        self.token = token

    def recording(self, episode: Episode) -> str:
        if self.token and not episode.is_open:
            return whole("cms:own_recording", self.token, episode.id, episode.recording.name)
        return urljoin(f"{settings.SITE_URL}/", episode.recording.url)

    def captions(self, episode: Episode) -> str:
        return self._beside("captions", episode)

    def chapters(self, episode: Episode) -> str:
        return self._beside("chapters", episode)

    def _beside(self, what: str, episode: Episode) -> str:
        if self.token and not episode.is_open:
            return whole(f"cms:own_{what}", self.token, episode.id)
        return whole(f"cms:{what}", episode.id)


def whole(route: str, *args: object) -> str:
    """An address of ours with the site before it, in the language that is active."""
    return settings.SITE_URL + reverse(route, args=args)


def podcast_xml(show: Show, episodes: Sequence[Episode], *, token: str = "", seed: str = "") -> bytes:
    """The feed of these episodes, newest first. With a token it is one person's, an identity of its own from `seed`."""
    addresses = Addresses(token)
    feed = PodcastFeed(
        show.title,
        whole("cms:podcast"),
        show.summary,
        language=show.language,
        feed_url=whole("cms:own_feed", token) if token else whole("cms:podcast_feed"),
        ttl=60,
        show=show,
        changed=max([show.changed or NEVER, *(episode.changed for episode in episodes)]),
        private=bool(token),
        podcast_guid=str(uuid.uuid5(uuid.UUID(show.guid), seed)) if token else show.guid,
    )
    for before, episode in enumerate(episodes):
        recording = episode.recording
        feed.add_item(
            episode.title,
            episode.url,
            escape(episode.summary),
            pubdate=episode.published,
            unique_id=episode.guid,
            unique_id_is_permalink=False,
            enclosures=[Enclosure(addresses.recording(episode), str(recording.size), recording.media_type)],
            episode=episode,
            number=len(episodes) - before,
            captions=addresses.captions(episode),
            chapters=addresses.chapters(episode),
        )
    return feed.as_bytes()
