"""The pages that present the demo's events: two webinars, one with its recording, and the delegation to Minneapolis.

What is there already is left alone: editors may have changed it since. An event that already has a page gets no other.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from cms.models import (
    DelegationHost,
    DelegationPage,
    DelegationsPage,
    Document,
    MasterclassPage,
    Topic,
    WebinarChapter,
    WebinarPage,
    WebinarRelated,
    WebinarsPage,
    WebinarSpeaker,
)
from cms.published import bump
from lms.demo.clinic import FOLDER, ensure_library, ensure_topics, recording
from lms.demo.delegation import KEY as DELEGATION
from lms.demo.making import uid
from lms.events.models import Event

WEBINARS = FOLDER / "webinars"
MINNEAPOLIS = Path(__file__).parent / "minneapolis.toml"
LISTS: tuple[tuple[type[WebinarsPage] | type[DelegationsPage], str, str, str], ...] = (
    (WebinarsPage, "webinars", "Webinars", "An hour on one question, open to ask in. What was said stays here."),
    (
        DelegationsPage,
        "delegations",
        "Delegations",
        "Journeys together: why one goes, the days, what it costs and who is behind it.",
    ),
)
EDITED = timedelta(days=2)
"""So long after a webinar its recording was published."""


def ensure_presented() -> None:
    """The pages that are missing, below the front page of the default site."""
    webinars, delegations = (_ensure_list(*one) for one in LISTS)
    topics = ensure_topics()
    documents = ensure_library(topics)
    for folder in sorted(path.parent for path in WEBINARS.glob("*/webinar.toml")):
        about = _toml(folder / "webinar.toml")
        if event := _without_page(about["event"], WebinarPage):
            _make_webinar(webinars, folder, about, event, topics, documents)
    if event := _without_page(DELEGATION, DelegationPage):
        _make_delegation(delegations, _toml(MINNEAPOLIS), event, topics, documents)
    bump()


def _ensure_list(model: type[WebinarsPage] | type[DelegationsPage], slug: str, title: str, introduction: str) -> Page:
    home = Site.objects.get(is_default_site=True).root_page
    found: Page = model.objects.child_of(home).first() or home.add_child(
        instance=model(title=title, slug=slug, introduction=introduction, locale=home.locale)
    )
    return found


def _without_page(key: str, model: type[WebinarPage] | type[DelegationPage]) -> Event | None:
    """The demo's event of that key, while no page presents it, not even one an editor took down."""
    event = Event.objects.filter(uid=uid(key)).first()
    return None if event is None or model.objects.filter(event=event).exists() else event


def _make_webinar(
    parent: Page,
    folder: Path,
    about: dict[str, Any],
    event: Event,
    topics: dict[str, Topic],
    documents: dict[str, Document],
) -> None:
    captions = folder / "captions.vtt"
    page = WebinarPage(
        **{name: about[name] for name in ("title", "slug", "summary", "level")},
        event=event,
        locale=parent.locale,
        live=False,
        owner=event.owner,
        audio=recording(folder / "audio.mp3", about["title"]),
        captions=captions.read_text(encoding="utf-8") if captions.exists() else "",
        notes=(folder / "notes.md").read_text(encoding="utf-8"),
    )
    agreed = _day_of_consent(event)
    page.guests = [
        WebinarSpeaker(**one, consent_on=agreed, consent_note="Synthetic voice") for one in about["speakers"]
    ]
    page.chapters = [WebinarChapter(**chapter) for chapter in about.get("chapters", ())]
    parent.add_child(instance=page)
    page.topics.set([topics[slug] for slug in about["topics"]])
    page.documents.set([documents[slug] for slug in about["related_documents"]])
    heard = MasterclassPage.objects.filter(slug__in=about["related_masterclasses"], locale=parent.locale)
    page.related.set([WebinarRelated(target=one) for one in heard])
    page.save_revision().publish()
    if page.audio and event.ends_at:
        published = min(event.ends_at + EDITED, timezone.now())
        WebinarPage.objects.filter(pk=page.pk).update(first_published_at=published, last_published_at=published)


def _make_delegation(
    parent: Page, about: dict[str, Any], event: Event, topics: dict[str, Topic], documents: dict[str, Document]
) -> None:
    plain = ("slug", "title", "summary", "why_heading", "why_source", "funding")
    texts = ("background", "why", "practical", "behind_it")
    page = DelegationPage(
        **{name: about[name] for name in plain},
        **{name: about[name].strip() for name in texts},
        event=event,
        locale=parent.locale,
        live=False,
        owner=event.owner,
    )
    page.hosts = [DelegationHost(**host) for host in about["hosts"]]
    parent.add_child(instance=page)
    page.topics.set([topics[slug] for slug in about["topics"]])
    page.documents.set([documents[slug] for slug in about["documents"]])
    page.save_revision().publish()


def _day_of_consent(event: Event) -> date:
    """Today; on the day of a webinar that has been."""
    today = timezone.localdate()
    return min(timezone.localdate(event.starts_at), today) if event.starts_at else today


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
