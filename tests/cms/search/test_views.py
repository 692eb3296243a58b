"""The search page: what is found, by whom, how it is shown, and at what cost."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from cms import findable
from cms.findable import Item, Passage, register
from cms.published import bump
from cms.rules import Access, Audience
from lms.accounts.models import User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, TopicFactory, texts

pytestmark = pytest.mark.django_db


def item(key: str, title: str, **fields: Any) -> Item:
    return Item(key, fields.pop("kind", "document"), title, fields.pop("summary", ""), f"/{key}/", "en", **fields)


@pytest.fixture
def provided(monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Items that only these tests provide."""
    items: list[Item] = []
    monkeypatch.setattr(findable, "_providers", {})
    talk = Passage("Reimbursement is a negotiation.", "/talk/#t=95", 95)
    register("test", lambda language: items, lambda language: [("talk", talk)] if items else [])
    bump()
    return items


def titles(html: str) -> list[str]:
    found = re.findall(r"<h3[^>]*><a href=\"[^\"]*\">(.*?)</a>", html)
    return [title.replace("<mark>", "").replace("</mark>", "") for title in found]


def search(client: Client, **query: Any) -> str:
    answer = client.get("/search/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_misspelt_word_finds_titles_and_the_second_of_a_talk(client: Client, provided: list[Item]) -> None:
    provided += [item("talk", "A talk", kind="masterclass"), item("law", "Reimbursement by law", kind="law")]
    html = search(client, q="reimbursment")
    assert titles(html) == ["Reimbursement by law", "A talk"]
    assert 'href="/talk/#t=95"' in html
    assert "Said at 1:35" in html
    assert "<mark>Reimbursement</mark> is a negotiation." in html


def test_filters_narrow_a_search_and_keep_its_words(client: Client, provided: list[Item]) -> None:
    topic = TopicFactory()
    provided += [item("a", "Payer", topics=frozenset({topic.pk})), item("b", "Payer, too", kind="law")]
    html = search(client, q="payer", kind="law")
    assert titles(html) == ["Payer, too"]
    assert '<input type="hidden" name="q" value="payer">' in html
    assert titles(search(client, q="payer", topic=topic.slug)) == ["Payer"]


def test_what_is_for_others_is_neither_shown_nor_counted(client: Client, provided: list[Item]) -> None:
    provided += [item("open", "Xylophone"), item("secret", "Xylophones for members", access=Access(Audience.MEMBERS))]
    html = search(client, q="xylophone")
    assert titles(html) == ["Xylophone"]
    assert "1 entry" in html
    client.force_login(MembershipFactory().user)
    assert len(titles(search(client, q="xylophone"))) == 2


def test_nothing_found_says_what_to_try_and_gives_back_the_words_safely(client: Client, provided: list[Item]) -> None:
    html = search(client, q="<script>alert(1)</script>")
    assert "Nothing found for" in html
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_words_that_nothing_has_together_find_what_has_some(client: Client, provided: list[Item]) -> None:
    provided += [item("a", "Payer")]
    html = search(client, q="payer unicorn")
    assert "some of them" in html
    assert titles(html) == ["Payer"]


def test_without_words_the_topics_are_the_way_on(client: Client, provided: list[Item]) -> None:
    topic = TopicFactory(title="Funding")
    html = search(client)
    assert topic.get_absolute_url() in html
    assert titles(html) == []


def test_htmx_gets_the_list_alone(client: Client, provided: list[Item]) -> None:
    provided += [item("a", "Payer")]
    answer = client.get("/search/", {"q": "payer"}, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Payer" in answer.content
    assert "HX-Request" in answer["Vary"]


def test_search_results_are_no_page_for_search_engines_or_caches(client: Client, provided: list[Item]) -> None:
    answer = client.get("/search/", {"q": "payer"})
    assert answer["X-Robots-Tag"] == "noindex"
    assert "private" in answer["Cache-Control"]


def test_published_pages_are_found_and_unpublished_ones_are_not(client: Client) -> None:
    page = StandardPageFactory(parent=HomePageFactory(), title="Quokka", body=texts("A marsupial."))
    page.save_revision().publish()
    assert titles(search(client, q="quoka")) == ["Quokka"]
    assert titles(search(client, q="marsupials")) == ["Quokka"]
    page.unpublish()
    assert titles(search(client, q="quokka")) == []


@pytest.mark.parametrize("length", [1, 250, 10_000])
def test_long_and_strange_words_are_only_words(client: Client, provided: list[Item], length: int) -> None:
    search(client, q="ø" * length, kind="x" * length, page="-1")


def test_naughty_strings_are_searched_for_harmlessly(client: Client, provided: list[Item], inputs: Any) -> None:
    provided += [item("a", "Payer")]
    for text in json.loads((inputs / "hostile" / "blns.json").read_text())[::8]:
        assert client.get("/search/", {"q": text}).status_code == 200


@pytest.mark.parametrize("size", [3, 30])
def test_a_search_asks_the_database_as_little_whatever_there_is(
    client: Client, provided: list[Item], size: int, django_assert_num_queries: Any
) -> None:
    provided += [item(f"d{n}", f"Payer number {n}") for n in range(size)]
    search(client, q="payer")
    with django_assert_num_queries(1):
        search(client, q="payer")
    user: User = MembershipFactory(user=UserFactory()).user
    client.force_login(user)
    search(client, q="payer")
    with django_assert_num_queries(7):  # version, session, person, and four for what they may see
        search(client, q="payer")
