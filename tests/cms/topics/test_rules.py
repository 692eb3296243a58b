"""Filters: the counts are true, every chip takes away exactly what it names, nonsense changes nothing."""

from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from cms.findable import Item
from cms.rules import Kind
from cms.topics.rules import Facet, arranged, counts_by_kind, find
from cms.topics.selectors import KIND, LANGUAGE, LEVEL
from tests.cms.topics.conftest import item

TOPICS = {"one": 1, "two": 2, "three": 3}
TOPIC = Facet(
    "topic",
    "Topic",
    {slug: slug.title() for slug in TOPICS},
    lambda i: [s for s, pk in TOPICS.items() if pk in i.topics],
)
FACETS = (KIND, TOPIC, LEVEL, LANGUAGE)
PATH = "/library/"


def made(facts: list[int]) -> list[Item]:
    """An item of each number: what it is, how deep, in which language, under which topics."""
    kinds, levels, languages = ("masterclass", "course", "document", "law"), (None, 1, 2, 3), ("en", "nb")
    return [
        item(
            str(place),
            kinds[fact % 4],
            level=levels[fact // 4 % 4],
            language=languages[fact // 16 % 2],
            topics=frozenset(pk for bit, pk in enumerate((1, 2, 3, 99)) if fact >> (5 + bit) & 1),
        )
        for place, fact in enumerate(facts)
    ]


lists = st.lists(st.integers(0, 511), max_size=14).map(made)
VALUES = {
    "kind": ["masterclass", "course", "document", "law", "offer"],
    "topic": list(TOPICS),
    "level": ["foundation", "intermediate", "advanced"],
    "language": ["en", "nb"],
}
choices = st.lists(st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]), max_size=6)
nonsense = st.lists(
    st.tuples(
        st.sampled_from([*VALUES, "page", "other", "q"]),
        st.one_of(st.text(max_size=20), st.just("x" * 10_000), st.just("9" * 10_000), st.just("\0")),
    ),
    max_size=4,
)


def asked(pairs: list[tuple[str, str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query


def at(url: str) -> QueryDict:
    return QueryDict(urlsplit(url).query)


def keys(items: object) -> list[str]:
    return [one.key for one in items]  # type: ignore[attr-defined]


def expected(items: list[Item], pairs: list[tuple[str, str]]) -> list[str]:
    """The plain reading of the rule: of every facet asked for, one of the values asked for."""
    wanted = {name: {value for facet, value in pairs if facet == name} for name in VALUES}
    return [
        one.key
        for one in items
        if all(not values or values & set(facet.values_of(one)) for facet in FACETS for values in [wanted[facet.name]])
    ]


@given(lists, choices)
def test_what_matches_has_a_chosen_value_of_every_facet_and_keeps_its_order(items, pairs):
    assert keys(find(items, asked(pairs), FACETS).matching) == expected(items, pairs)


@given(lists, choices)
def test_a_count_is_what_choosing_it_gives(items, pairs):
    for facet in find(items, asked(pairs), FACETS).facets:
        others = [pair for pair in pairs if pair[0] != facet.name]
        for option in facet.options:
            chosen = find(items, asked([*others, (facet.name, option.value)]), FACETS)
            assert option.count == chosen.count
            assert option.chosen == ((facet.name, option.value) in pairs)


@given(lists, choices)
def test_a_facet_left_out_could_not_have_narrowed_anything(items, pairs):
    shown = {facet.name for facet in find(items, asked(pairs), FACETS).facets}
    for facet in FACETS:
        if facet.name not in shown:
            has = Counter(value for one in items for value in facet.values_of(one) if value in facet.choices)
            assert not items or all(count == len(items) for count in has.values())


@given(lists, choices)
def test_every_chip_takes_away_exactly_what_it_names(items, pairs):
    found = find(items, asked(pairs), FACETS, path=PATH)
    chips = [(chip.name, chip.value) for chip in found.chips]
    assert set(chips) == set(pairs)
    assert len(chips) == len(set(pairs))
    for chip in found.chips:
        without = find(items, at(chip.url), FACETS, path=PATH)
        assert urlsplit(chip.url).path == PATH
        assert [(c.name, c.value) for c in without.chips] == [c for c in chips if c != (chip.name, chip.value)]


@given(lists, choices, nonsense)
@example([], [], [("page", "9" * 10_000), ("kind", "x" * 10_000)])
def test_nonsense_changes_nothing(items, pairs, more):
    known = [(name, value) for name, value in more if value not in VALUES.get(name, ())]
    plain, odd = (
        find(items, asked(pairs), FACETS, path=PATH),
        find(items, asked([*known, *pairs, *pairs]), FACETS, path=PATH),
    )
    assert keys(odd.matching) == keys(plain.matching)
    assert (odd.chips, odd.facets, odd.query) == (plain.chips, plain.facets, plain.query)


@given(st.integers(0, 65), st.one_of(st.integers(), st.text(max_size=5)))
def test_any_page_is_one_that_is_there(size, page):
    found = find([item(str(n)) for n in range(size)], asked([("page", str(page))]), FACETS)
    assert 1 <= found.page.number <= max(1, -(-size // 20))
    assert len(found.page.object_list) == min(20, size - 20 * (found.page.number - 1))


def test_pages_of_a_list_hold_everything_once():
    items = [item(str(n)) for n in range(45)]
    pages = [find(items, asked([("page", str(n))]), FACETS) for n in (1, 2, 3)]
    assert [key for page in pages for key in keys(page.page.object_list)] == keys(items)
    assert pages[1].numbers == [1, 2, 3]


def test_what_else_is_asked_stays_in_every_address():
    items = [item("a", level=1), item("b", level=2)]
    found = find(items, asked([("level", "foundation")]), FACETS, path="/search/", kept=[("q", "who pays & why")])
    assert found.chips[0].url == "/search/?q=who+pays+%26+why"
    assert found.clear_url == "/search/?q=who+pays+%26+why"
    assert found.query == "q=who+pays+%26+why&level=foundation"


def test_the_last_chip_leads_to_the_plain_address():
    found = find([item("a", level=1), item("b")], asked([("level", "foundation")]), FACETS, path=PATH)
    assert found.chips[0].url == PATH


def test_a_known_value_nothing_has_is_shown_as_chosen_with_nothing():
    """Somebody shared an address, and the law went: the list says so, and the chip takes it away."""
    found = find([item("a")], asked([("kind", "law")]), FACETS)
    assert found.count == 0
    [kind] = [facet for facet in found.facets if facet.name == "kind"]
    assert [(o.value, o.count, o.chosen) for o in kind.options] == [("document", 1, False), ("law", 0, True)]


# --- A topic's list --------------------------------------------------------------------------------------------------
TODAY = date(2026, 9, 1)


def test_webinars_to_come_are_first_the_next_at_the_top():
    items = [
        item("late", "webinar", date=date(2026, 12, 1)),
        item("next", "webinar", date=TODAY),
        item("talk", "masterclass", date=date(2026, 8, 1)),
        item("past", "webinar", date=date(2026, 7, 1)),
        item("undated", "webinar"),
    ]
    assert keys(arranged(items, TODAY)) == ["next", "late", "talk", "past", "undated"]


@pytest.mark.parametrize("kind", ["offer", "lesson", "page"])
def test_what_has_its_own_place_is_not_in_the_list(kind):
    assert arranged([item("a", kind)], TODAY) == []


def test_every_kind_is_gathered_or_has_its_own_place():
    apart = {Kind.OFFER, Kind.LESSON, Kind.PAGE, Kind.DELEGATION}
    assert {one.kind for one in arranged([item(kind, kind) for kind in Kind], TODAY)} == set(Kind) - apart


def test_counts_by_kind_leave_out_what_is_not_there():
    items = [item("a", "course"), item("b", "masterclass"), item("c", "course"), item("d", "lesson")]
    assert list(counts_by_kind(items).items()) == [("masterclass", 1), ("course", 2)]
