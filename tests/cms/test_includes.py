"""The pieces every template may include: crumbs, pagination, empty states, messages."""

from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from html5lib import parse


def tree(template: str, **context: Any) -> Any:
    return parse(render_to_string(template, context), namespaceHTMLElements=False)


def test_the_last_crumb_is_where_one_is() -> None:
    page = tree("_crumbs.html", items=[("Courses", "/courses/"), ("<Foundations>", "")])
    assert [link.get("href") for link in page.iter("a")] == ["/courses/"]
    assert page.find(".//li[@aria-current='page']").text == "<Foundations>"


def test_no_crumbs_no_navigation() -> None:
    assert tree("_crumbs.html", items=[]).find(".//nav") is None


@pytest.mark.parametrize(("number", "rels"), [(1, ["next"]), (2, ["prev", "next"]), (3, ["prev"])])
def test_pagination_leads_both_ways_and_keeps_the_question(number: int, rels: list[str]) -> None:
    page = tree("_pagination.html", page=Paginator(range(30), 10).page(number), query="level=1&topic=a%20b")
    links = list(page.iter("a"))
    assert [link.get("rel") for link in links if link.get("rel")] == rels
    assert all(link.get("href").startswith("?level=1&topic=a%20b&page=") for link in links)
    assert [link.text for link in links if link.get("aria-current")] == [str(number)]


def test_one_page_needs_no_pagination() -> None:
    assert tree("_pagination.html", page=Paginator(range(3), 10).page(1)).find(".//nav") is None


def test_five_hundred_pages_are_elided() -> None:
    page = tree("_pagination.html", page=Paginator(range(5000), 10).page(250))
    assert len(list(page.iter("li"))) < 20


def test_an_empty_state_says_why_and_offers_one_way_on() -> None:
    page = tree("_empty.html", title="No course yet", text="Choose one.", url="/courses/", label="Go")
    assert page.find(".//h2").text == "No course yet"
    assert [link.get("href") for link in page.iter("a")] == ["/courses/"]
    assert tree("_empty.html", title="x", heading=3).find(".//h3").text == "x"


def test_each_drawing_is_its_own() -> None:
    drawn = {
        render_to_string("_empty.html", {"title": "x", "drawing": name}) for name in ("boat", "mountains", "light")
    }
    assert len(drawn) == 3


def test_an_empty_state_without_a_way_on_has_no_link() -> None:
    assert list(tree("_empty.html", title="Nothing waits for you", text="").iter("a")) == []


@pytest.mark.parametrize(("level", "role"), [(constants.SUCCESS, "status"), (constants.ERROR, "alert")])
def test_messages_are_announced(level: int, role: str) -> None:
    page = tree("_messages.html", messages=[Message(level, "<b>Saved</b>")])
    toast = page.find(".//div[@data-toast]")
    assert toast.get("role") == role
    assert toast.find("span").text == "<b>Saved</b>"
