"""The one list of what can be found: its order, its memory, and whom it shows what."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cms import findable
from cms.findable import Item, Passage, all_items, items_for, passages, register
from cms.published import bump
from cms.rules import Access, Audience
from tests.factories.accounts import MembershipFactory


def item(key: str, day: int | None = None, **fields: Any) -> Item:
    date = datetime.date(2026, 1, day) if day else None
    return Item(key, "page", key, "", f"/{key}/", "en", date=date, **fields)


@pytest.fixture
def provided(monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    items = [item("old", 1), item("undated"), item("new", 9), item("secret", 5, access=Access(Audience.MEMBERS))]
    monkeypatch.setattr(findable, "_providers", {})
    register("one", lambda language: items, lambda language: [("old", Passage(f"words in {language}"))])
    register("two", lambda language: [])
    return items


@pytest.mark.django_db
def test_newest_first_built_once_and_again_when_something_is_published(
    provided: list[Item], django_assert_num_queries: Any
) -> None:
    first = RequestFactory().get("/")
    assert [one.key for one in all_items(first)] == ["new", "secret", "old", "undated"]
    provided.append(item("newest", 10))
    assert len(all_items(RequestFactory().get("/"))) == 4
    bump()
    assert len(all_items(RequestFactory().get("/"))) == 5
    with django_assert_num_queries(1):
        all_items(RequestFactory().get("/"))


@pytest.mark.django_db
def test_each_visitor_finds_what_is_for_them(provided: list[Item]) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert [one.key for one in items_for(request)] == ["new", "old", "undated"]
    member = RequestFactory().get("/")
    member.user = MembershipFactory().user
    assert "secret" in [one.key for one in items_for(member)]


def test_texts_come_from_those_who_have_some(provided: list[Item]) -> None:
    assert list(passages("nb")) == [("old", Passage("words in nb"))]
