"""The index alone: ranking, stems, misspelt and begun words. No database."""

from typing import Any

import pytest

from cms.findable import Item, Passage
from cms.search.index import Asked, Index

TALK = [
    Passage("Who pays for a calm ward?", "/talk/#t=0", 0),
    Passage("Reimbursement is a negotiation with each payer.", "/talk/#t=95", 95),
    Passage("Cleared is not covered.", "/talk/#t=140", 140),
]


def item(key: str, title: str, summary: str = "", language: str = "en", **fields: Any) -> Item:
    return Item(key, "page", title, summary, f"/{key}/", language, **fields)


@pytest.fixture(scope="module")
def index() -> Index:
    items = [
        item("talk", "How to build a healthy business", "A founder on money."),
        item("law", "Reimbursement in the United States"),
        item("norsk", "Refusjon i sykehusene", "Hvem betaler for blåbær?", language="nb"),
        item("other", "Production"),
    ]
    return Index(items, [("talk", passage) for passage in TALK])


def found(index: Index, text: str) -> list[str]:
    return [key for key, _score in index.keys(Asked.of(text))[0]]


def test_a_title_counts_more_than_a_transcript(index: Index) -> None:
    assert found(index, "reimbursement") == ["law", "talk"]


@pytest.mark.parametrize("text", ["reimbursment", "reimbursemnt", "Reimbursements", "REIMBURSEMENT", "reimburse"])
def test_misspelt_bent_and_begun_words_find_the_same(index: Index, text: str) -> None:
    assert found(index, text) == ["law", "talk"]


def test_the_word_itself_comes_before_a_likeness(index: Index) -> None:
    both = Index([item("a", "Payer"), item("b", "Player")], [])
    assert found(both, "payer") == ["a", "b"]
    assert found(both, "player") == ["b", "a"]


def test_norwegian_is_stemmed_as_norwegian_and_found_without_its_letters(index: Index) -> None:
    assert found(index, "sykehus") == found(index, "blabær") == ["norsk"]


def test_all_words_are_wanted_and_some_where_nothing_has_them_all(index: Index) -> None:
    assert index.keys(Asked.of("payer negotiation")) == (index.keys(Asked.of("payer negotiation"))[0], True)
    assert found(index, "payer negotiation") == ["talk"]
    some, whole = index.keys(Asked.of("production unicorns"))
    assert [key for key, _score in some] == ["other"]
    assert not whole


@pytest.mark.parametrize(
    "text", ["", "  ", "AND OR NOT", '"', "title:(", "*", "~", "\0", "a" * 5000, "'; DROP TABLE", "日本", "))((", "-"]
)
def test_anything_typed_is_only_words(index: Index, text: str) -> None:
    found(index, text)


def test_the_passage_that_answers_leads_to_its_second(index: Index) -> None:
    best = index.best_passage("talk", Asked.of("reimbursment"))
    assert best is not None
    assert (best.start, best.url) == (95, "/talk/#t=95")
    assert index.best_passage("talk", Asked.of("healthy business")) is None, "only the title has it"
    partly = index.best_passage("talk", Asked.of("healthy payer"))
    assert partly is not None
    assert partly.start == 95


def test_the_order_is_the_same_however_the_index_was_filled() -> None:
    items = [item(str(n), f"Payer and ward {n}") for n in range(50)]
    one, other = Index(items, []), Index(items[::-1], [])
    asked = Asked.of("payer ward")
    assert dict(one.keys(asked)[0]) == pytest.approx(dict(other.keys(asked)[0]), abs=1e-4)
