"""What a visitor finds: hits they may see, best first, and how each is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.findable import Item, all_items, items_for, passages
from cms.masterclasses.captions import clock
from cms.published import published
from cms.search.index import ANALYZERS, STEMMED, Asked, Index
from cms.search.rules import snippet


@dataclass(frozen=True, slots=True)
class Hits:
    """Items in the order they answer, `whole` when each has all the words that were asked for."""

    asked: Asked
    items: list[Item]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is listed: leading to the very place, with the words found marked in a piece of its text."""

    item: Item
    title: SafeString
    text: SafeString
    start: int | None = None

    @property
    def time(self) -> str:
        """Where in a recording, as “1:35”; empty elsewhere."""
        return "" if self.start is None else clock(self.start)


def index_of(request: HttpRequest) -> Index:
    """The index in the request's language, built once per content version."""
    language = get_language() or settings.LANGUAGE_CODE
    return published(request, ("search", language), lambda: Index(all_items(request), passages(language)))


def hits(request: HttpRequest, text: str) -> Hits:
    """What the one who asks may see of what answers `text`. Hits of one score come newest first, then by name."""
    asked = Asked.of(text)
    if not asked.words:
        return Hits(asked, [])
    found, whole = index_of(request).keys(asked)
    scores = {key: round(score, 4) for key, score in found}
    mine = [item for item in items_for(request) if item.key in scores]  # newest first, and sorting is stable
    return Hits(asked, sorted(mine, key=lambda item: -scores[item.key]), whole)


def shown(request: HttpRequest, items: Iterable[Item], asked: Asked) -> list[Shown]:
    """These hits with the place and the words that answer."""
    index = index_of(request)
    return [_shown(item, index, asked) for item in items]


def _shown(item: Item, index: Index, asked: Asked) -> Shown:
    language = item.language if item.language in STEMMED else "en"
    words, analyse = asked.stems(language), ANALYZERS[language].analyze
    passage = index.best_passage(item.key, asked)
    texts = [(item.summary, None)] if passage is None else [(passage.text, passage), (item.summary, None)]
    pieces = [(snippet(text, words, analyse), place) for text, place in texts if text]
    best, place = max(pieces, key=lambda piece: piece[0].found, default=(snippet("", words, analyse), None))
    url = place.url if place and place.url else item.url
    title = snippet(item.title, words, analyse, length=len(item.title) + 1).html
    return Shown(replace(item, url=url), title, best.html, place.start if place else None)
