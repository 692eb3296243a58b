"""Filters with counts over a list: what matches, what each choice would give, and the addresses of it all. Pure.

Search and every list use it: `find(items, query, facets)` gives a `Found`, which the templates `cms/_found.html`,
`cms/_facets.html` and `cms/_entries.html` show. The items are whatever the facets know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.datastructures import MultiValueDict

from cms.rules import Kind

if TYPE_CHECKING:
    from cms.findable import Item

T = TypeVar("T")
PER_PAGE = 20
GATHERED = (
    Kind.MASTERCLASS,
    Kind.WEBINAR,
    Kind.RECORDING,
    Kind.COURSE,
    Kind.DOCUMENT,
    Kind.REPORT,
    Kind.GUIDELINE,
    Kind.STANDARD,
    Kind.LAW,
)
"""The kinds a topic’s list holds: offers have their own section, lessons a course, journeys a list."""


class Query(Protocol):
    """What was asked: Django's QueryDict, or anything that has all values of a name."""

    def getlist(self, key: str, /) -> Iterable[Any]: ...

    def get(self, key: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Facet(Generic[T]):
    """One way to narrow a list down. `choices` maps every value it knows to its words, in the order they are shown.

    `values_of` says which of them an item has; an item may have several, or none.
    """

    name: str
    label: Any
    choices: Mapping[str, Any]
    values_of: Callable[[T], Iterable[str]]

    def chosen(self, query: Query) -> tuple[str, ...]:
        """The known values among those asked for, each once, in the order of the choices."""
        asked = set(query.getlist(self.name))
        return tuple(value for value in self.choices if value in asked)


@dataclass(frozen=True, slots=True)
class Option:
    """A value one may choose. `count` is what choosing it alone in its facet gives, the other facets as they are."""

    value: str
    label: Any
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Options:
    """A facet as it is shown."""

    name: str
    label: Any
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is chosen, and the address of the same list without it."""

    name: str
    value: str
    label: Any
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class Found(Generic[T]):
    """A list as somebody filtered it. `matching` keeps the order of the items; `page` is the part that is shown.

    It equals only itself, so that what is made of one that is kept may be kept under it (`{% kept %}`).
    """

    matching: tuple[T, ...]
    total: int
    page: Page[T]
    facets: tuple[Options, ...]
    chips: tuple[Chip, ...]
    path: str
    kept: tuple[tuple[str, str], ...]
    """What else stands in every address of this list: a search's words."""

    @property
    def count(self) -> int:
        return len(self.matching)

    @property
    def clear_url(self) -> str:
        """The list with no filter chosen."""
        return address(self.path, self.kept)

    @property
    def query(self) -> str:
        """The address's parameters without the page, url-encoded: for `_pagination.html`."""
        return urlencode([*self.kept, *((chip.name, chip.value) for chip in self.chips)])

    @property
    def numbers(self) -> list[str | int]:
        """The numbers of pages around the one that is shown."""
        return list(self.page.paginator.get_elided_page_range(self.page.number))


def find(
    items: Sequence[T],
    query: Query,
    facets: Sequence[Facet[T]],
    *,
    path: str = "",
    kept: Iterable[tuple[str, str]] = (),
    per_page: int = PER_PAGE,
) -> Found[T]:
    """The items that match what `query` asks of the facets, in their order. What a facet does not know is ignored.

    `path` is the list's address without parameters. A page that is no number is the first, one too high the last.
    """
    chosen = {facet.name: facet.chosen(query) for facet in facets}
    values = [[frozenset(facet.values_of(item)) for facet in facets] for item in items]
    wanted = [chosen[facet.name] for facet in facets]
    fits = [[not asked or not has.isdisjoint(asked) for asked, has in zip(wanted, row, strict=True)] for row in values]
    matching = tuple(item for item, row in zip(items, fits, strict=True) if all(row))
    kept = tuple(kept)
    pairs = [(facet.name, value) for facet in facets for value in chosen[facet.name]]
    return Found(
        matching=matching,
        total=len(items),
        page=Paginator(matching, per_page).get_page(query.get("page")),
        facets=tuple(_shown(facets, values, fits, chosen)),
        chips=tuple(
            Chip(name, value, _label(facets, name, value), address(path, [*kept, *_without(pairs, (name, value))]))
            for name, value in pairs
        ),
        path=path,
        kept=kept,
    )


def eased(found: Found[T], items: Sequence[T], facets: Sequence[Facet[T]]) -> list[tuple[Chip, int]]:
    """The chosen filters that, taken away alone, would leave something, and how much: for a list that shows nothing."""
    pairs = [(chip.name, chip.value) for chip in found.chips]
    left = []
    for chip in found.chips:
        asked: MultiValueDict[str, str] = MultiValueDict()
        for name, value in _without(pairs, (chip.name, chip.value)):
            asked.appendlist(name, value)
        if count := find(items, asked, facets).count:
            left.append((chip, count))
    return left


def _shown(
    facets: Sequence[Facet[T]],
    values: list[list[frozenset[str]]],
    fits: list[list[bool]],
    chosen: Mapping[str, tuple[str, ...]],
) -> Iterable[Options]:
    """The facets that can narrow the list down: some of its items have the value and some do not, or it is chosen."""
    for place, facet in enumerate(facets):
        everywhere = Counter(value for row in values for value in row[place])
        counts = Counter(
            value
            for row, fit in zip(values, fits, strict=True)
            if all(fit[:place]) and all(fit[place + 1 :])
            for value in row[place]
        )
        picked = chosen[facet.name]
        options = tuple(
            Option(value, label, counts[value], value in picked)
            for value, label in facet.choices.items()
            if everywhere[value] or value in picked
        )
        if picked or any(everywhere[option.value] < len(values) for option in options):
            yield Options(facet.name, facet.label, options)


def _label(facets: Sequence[Facet[T]], name: str, value: str) -> Any:
    return next(facet.choices[value] for facet in facets if facet.name == name)


def _without(pairs: list[tuple[str, str]], one: tuple[str, str]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair != one]


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A list's address with these parameters, that can be shared."""
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path or "?"


def arranged(items: Iterable[Item], today: date) -> list[Item]:
    """A topic's list: webinars still to come first, the next one at the top; then the rest in their order."""
    every = [item for item in items if item.kind in GATHERED]
    coming = [item for item in every if is_coming(item, today)]
    return [*sorted(coming, key=lambda item: (item.date, item.key)), *(i for i in every if not is_coming(i, today))]


def is_coming(item: Item, today: date) -> bool:
    return item.kind == Kind.WEBINAR and item.date is not None and item.date >= today


def counts_by_kind(items: Iterable[Item]) -> dict[str, int]:
    """How many there are of each kind a topic gathers, offers too, in the order of the kinds; none of what is not."""
    counts = Counter(item.kind for item in items)
    return {kind: counts[kind] for kind in (*GATHERED, Kind.OFFER) if counts[kind]}
