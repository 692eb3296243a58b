"""Delegations, read: what is shown of one, which ones there are, what can be found in them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import language_of
from cms.findable import Item, Passage
from cms.masterclasses.shown import Companion, documents_beside
from cms.models import DelegationPage
from cms.presenting.selectors import address_of
from cms.presenting.words import days
from cms.published import published
from cms.rules import Kind, Restriction
from cms.translations import live, shown_in
from cms.webinars.selectors import day_of
from lms.core.markup import render_markdown, words_of
from lms.events.rules import Visibility

TEXTS = ("background", "why", "practical", "behind_it")
"""The fields that are Markdown, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is the same for all who may see a delegation's page. HTML comes from our own sanitiser."""

    language: str
    texts: dict[str, SafeString]
    hosts: tuple[tuple[str, str], ...]
    companions: tuple[Companion, ...]
    restrictions: tuple[Restriction, ...]


def shown(request: HttpRequest, page: DelegationPage) -> Shown:
    """The page's parts: kept for the page as published, made anew for a preview."""
    return published(request, ("delegation", page.pk, get_language()), lambda: build(request, page))


def build(request: HttpRequest, page: DelegationPage) -> Shown:
    return Shown(
        language=language_of(request, page),
        texts={name: render_markdown(getattr(page, name)) for name in TEXTS},
        hosts=tuple((host.name, host.about) for host in page.hosts.all()),
        companions=tuple(documents_beside(request, page)),
        restrictions=restrictions_of(page.path or "", restrictions_by_path()),
    )


# --- What can be found -----------------------------------------------------------------------------------------------


def _listed(language: str) -> Iterator[tuple[DelegationPage, str]]:
    """Delegations that lists show: those for invited people only are in none. A fixed number of queries."""
    pages = shown_in(live(DelegationPage), language, same="event").exclude(event__visibility=Visibility.INVITED)
    for page in pages.select_related("event").prefetch_related("topics", "hosts", "event__clusters"):
        if address := address_of(page):
            yield page, address


def items(language: str) -> Iterator[Item]:
    """For `cms.findable`. Five queries."""
    listed = list(_listed(language))
    restrictions = restrictions_by_path() if listed else ()
    for page, address in listed:
        yield Item(
            key=f"delegation-{page.pk}",
            kind=Kind.DELEGATION,
            title=page.title,
            summary=page.summary,
            url=address,
            language=page.locale.language_code,
            topics=frozenset(topic.pk for topic in page.topics.all()),
            date=day_of(page.event),
            size=days(page.event),
            access=replace(page.access(), restrictions=restrictions_of(page.path, restrictions)),
        )


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What is written about each. Five queries."""
    for page, address in _listed(language):
        hosts = [f"{host.name}: {host.about}" for host in page.hosts.all()]
        written = (words_of(render_markdown(getattr(page, name))) for name in TEXTS)
        for text in (page.title, page.summary, *written, *hosts):
            if text:
                yield f"delegation-{page.pk}", Passage(text, address)
