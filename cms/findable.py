"""Everything visitors can find, as one list: what topic hubs, the library, search and the sitemap are made from.

Each part of the product registers what it has from its `AppConfig.ready()`; this module knows shapes only. The list is
built once per language and content version, so a page that shows it costs no query, however many items there are.
It holds what is published, for every audience: whoever shows items asks `items_for` or filters by `Visitor.may_see`.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.access import visitor_of
from cms.published import published
from cms.rules import Access


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to find, in the words of the language that is active.

    `key` is `<kind of record>-<id>` and never changes; `kind` is a `cms.rules.Kind`; `language` is the one its content
    is in; `topics` are ids; `size` is words such as “24 min” or “PDF, 4 pages”; `date` orders, newest first.
    """

    key: str
    kind: str
    title: str
    summary: str
    url: str
    language: str
    topics: frozenset[int] = frozenset()
    level: int | None = None
    date: datetime.date | None = None
    size: str = ""
    access: Access = field(default_factory=Access)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an item's text for search. `url` leads to the very place; `start` is its second in a recording."""

    text: str
    url: str = ""
    start: int | None = None


Items = Callable[[str], Iterable[Item]]
"""All published items for readers of a language code, which is the active one; a fixed number of queries."""
Passages = Callable[[str], Iterable[tuple[str, Passage]]]
"""The texts of the same items, as (item key, passage), in order."""

_providers: dict[str, tuple[Items, Passages | None]] = {}


def register(name: str, items: Items, passages: Passages | None = None) -> None:
    """Make a part's items known. Registering the same name again replaces it."""
    _providers[name] = (items, passages)


def all_items(request: HttpRequest) -> tuple[Item, ...]:
    """Every published item in the request's language, whoever may see it, newest first; undated ones last."""
    language = get_language() or settings.LANGUAGE_CODE
    return published(request, ("findable", language), lambda: build(language))


def items_for(request: HttpRequest) -> list[Item]:
    """The items the one who asks may see."""
    visitor = visitor_of(request)
    return [item for item in all_items(request) if visitor.may_see(item.access)]


def build(language: str) -> tuple[Item, ...]:
    found = [item for items, _passages in _providers.values() for item in items(language)]
    return tuple(sorted(found, key=lambda item: (item.date or datetime.date.min, item.key), reverse=True))


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """The texts of every item, as (item key, passage)."""
    for _items, texts in _providers.values():
        if texts is not None:
            yield from texts(language)
