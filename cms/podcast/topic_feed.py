"""The plain feed of a topic: everything public under it, for any feed reader."""

from collections.abc import Iterable
from datetime import datetime, time
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from cms.findable import Item
from cms.models import Topic
from cms.podcast.feed import SafeFeed


def topic_xml(topic: Topic, items: Iterable[Item], *, changed: datetime) -> bytes:
    """The items under a topic that everybody may see, in the order they come. `changed` is for a topic without any."""
    language = get_language() or settings.LANGUAGE_CODE
    address = settings.SITE_URL + reverse("cms:topic_feed", args=[topic.slug])
    open_here = [item for item in items if topic.pk in item.topics and item.access.is_open]
    dates = [noon(item) for item in open_here if item.date]
    feed = SafeFeed(
        str(topic),
        address.removesuffix("feed.xml"),  # the feed stands below its topic
        topic.text("summary"),
        language=language,
        feed_url=address,
        ttl=60,
        changed=max(dates, default=changed),
    )
    for item in open_here:
        feed.add_item(
            item.title,
            urljoin(f"{settings.SITE_URL}/", item.url),
            escape(item.summary),
            pubdate=noon(item) if item.date else None,
            unique_id=item.key,
            unique_id_is_permalink=False,
            categories=[str(item.kind)],
        )
    return feed.as_bytes()


def noon(item: Item) -> datetime:
    """The day of an item as a moment: no zone of Europe shows another day."""
    assert item.date is not None  # noqa: S101 - callers ask
    return timezone.make_aware(datetime.combine(item.date, time(12)))
