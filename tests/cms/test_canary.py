"""A word of its own in everything that is not everybody's, looked for as a stranger at every public address."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import HomePage, Topic
from tests.cms.podcast.hidden import HIDDEN, words
from tests.factories.cms import (
    DocumentFactory,
    MasterclassesPageFactory,
    StandardPageFactory,
    TopicFactory,
    masterclass,
    texts,
)
from tests.factories.courses import add_lesson, make_course

pytestmark = pytest.mark.django_db
WORD = "zephyrine"
ASKED = "/search/?q=zephyrin"
"""Begun only, so that the search page does not repeat the word that was typed."""
ADDRESSES = re.compile(rf"about-{WORD}[a-z]*|{WORD}[a-z]*(_\w+)?\.mp3")
"""What was asked for stands in the page that says it is not there."""
PUBLIC = [
    *("/", "/topics/", "/topics/canary/", "/masterclasses/", "/library/", "/courses/", "/podcast/", ASKED),
    *("/podcast/feed.xml", "/topics/canary/feed.xml", "/sitemap.xml", "/robots.txt"),
]
EVERYWHERE = [*PUBLIC, *(f"/nb{address}" for address in PUBLIC if address not in ("/sitemap.xml", "/robots.txt"))]


@pytest.fixture
def topic() -> Topic:
    MasterclassesPageFactory.create()
    return TopicFactory.create(slug="canary")


def word(kind: str) -> str:
    return WORD + kind.replace(" ", "")


def found(client: Client, addresses: list[str]) -> dict[str, set[str]]:
    """Where which of the words are shown: as a page, and as the fragment that htmx asks for."""
    shown: dict[str, set[str]] = {}
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            body = b"".join(answer) if answer.streaming else answer.content
            said = ADDRESSES.sub("", body.decode(errors="replace").lower())
            if words_said := set(re.findall(rf"{WORD}[a-z]*", said)):
                shown[address] = words_said | shown.get(address, set())
    return shown


def text_of_a_page(said: str = WORD, **fields: Any) -> Any:
    page = StandardPageFactory.create(parent=HomePage.objects.first(), body=texts(said), title=said, **fields)
    page.save_revision().publish()
    return page


def a_lesson_behind_the_start(said: str, topic: Topic) -> list[str]:
    course = make_course(1, 1)
    lesson = add_lesson(course.get_children().get().specific, body=[{"type": "text", "value": f"The {said}."}])
    return [lesson.url]


def an_entry(said: str, topic: Topic, **fields: Any) -> list[str]:
    entry = DocumentFactory.create(title=said, summary=said, topics=[topic], **fields)
    return [f"/library/{entry.pk}/", f"/library/{entry.pk}/preview.webp"]


def a_private_page(said: str, topic: Topic) -> list[str]:
    page = text_of_a_page(said)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return [page.url]


def a_page_taken_down(said: str, topic: Topic) -> list[str]:
    page = text_of_a_page(said)
    page.unpublish()
    return [page.url]


OTHERS: dict[str, Callable[[str, Topic], list[str]]] = {
    "a lesson behind the start": a_lesson_behind_the_start,
    "an entry for members": lambda said, topic: an_entry(said, topic, audience="members"),
    "an entry for clusters": lambda said, topic: an_entry(said, topic, audience="clusters"),
    "a private page": a_private_page,
    "a page taken down": a_page_taken_down,
}


def test_what_is_everybodys_is_found(client: Client, topic: Topic) -> None:
    """Else the tests below could not fail."""
    page = masterclass(topics=[topic], **words(WORD))
    shown = found(client, [*EVERYWHERE, page.url])
    no_titles = {"/", "/topics/", "/library/", "/courses/", "/robots.txt", "/sitemap.xml"}
    assert {*PUBLIC, page.url} - no_titles <= shown.keys()
    assert f"/nb{ASKED}" in shown
    an_entry(WORD, topic, audience="everyone")
    assert "/library/" in found(client, ["/library/"])
    text_of_a_page()
    assert ASKED in found(client, [ASKED])


def test_a_hidden_masterclass_is_nowhere(client: Client, topic: Topic) -> None:
    own = []
    for kind, make in HIDDEN.items():
        page = make(word(kind), topic)
        own += [f"/masterclasses/{page.slug}/"]
        own += [f"/masterclasses/{page.pk}/{name}" for name in ("captions.vtt", "chapters.json")]
        assert page.audio is not None
        own += [page.audio.url]
    assert found(client, [*EVERYWHERE, *own]) == {}


def test_anything_else_hidden_is_nowhere(client: Client, topic: Topic) -> None:
    own = [address for kind, make in OTHERS.items() for address in make(word(kind), topic)]
    assert found(client, [*EVERYWHERE, *own]) == {}
