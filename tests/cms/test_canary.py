"""A word of its own in everything that is not everybody's, looked for as a stranger at every public address."""

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
ADDRESSES = (f"about-{WORD}", f"{WORD}.mp3")
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


def found(client: Client, addresses: list[str]) -> set[str]:
    """Where the word is shown: as a page, and as the fragment that htmx asks for."""
    shown = set()
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            body = b"".join(answer) if answer.streaming else answer.content
            said = body.decode(errors="replace").lower()
            for echoed in ADDRESSES:
                said = said.replace(echoed, "")
            if WORD in said:
                shown.add(address)
    return shown


def text_of_a_page(**fields: Any) -> Any:
    page = StandardPageFactory.create(parent=HomePage.objects.first(), body=texts(WORD), title=WORD, **fields)
    page.save_revision().publish()
    return page


def a_lesson_behind_the_start(topic: Topic) -> list[str]:
    course = make_course(1, 1)
    lesson = add_lesson(course.get_children().get().specific, body=[{"type": "text", "value": f"The {WORD}."}])
    return [lesson.url]


def an_entry(topic: Topic, **fields: Any) -> list[str]:
    entry = DocumentFactory.create(title=WORD, summary=WORD, topics=[topic], **fields)
    return [f"/library/{entry.pk}/", f"/library/{entry.pk}/preview.webp"]


def a_private_page(topic: Topic) -> list[str]:
    page = text_of_a_page()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return [page.url]


def a_page_taken_down(topic: Topic) -> list[str]:
    page = text_of_a_page()
    page.unpublish()
    return [page.url]


OTHERS: dict[str, Callable[[Topic], list[str]]] = {
    "a lesson behind the start": a_lesson_behind_the_start,
    "an entry for members": lambda topic: an_entry(topic, audience="members"),
    "an entry for clusters": lambda topic: an_entry(topic, audience="clusters"),
    "a private page": a_private_page,
    "a page taken down": a_page_taken_down,
}


def test_what_is_everybodys_is_found(client: Client, topic: Topic) -> None:
    """Else the tests below could not fail."""
    page = masterclass(topics=[topic], **words(WORD))
    shown = found(client, [*EVERYWHERE, page.url])
    no_titles = {"/", "/topics/", "/library/", "/courses/", "/robots.txt", "/sitemap.xml"}
    assert {*PUBLIC, page.url} - no_titles <= shown
    assert f"/nb{ASKED}" in shown
    an_entry(topic, audience="everyone")
    assert "/library/" in found(client, ["/library/"])
    text_of_a_page()
    assert ASKED in found(client, [ASKED])


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_hidden_masterclass_is_nowhere(client: Client, topic: Topic, kind: str) -> None:
    page = HIDDEN[kind](WORD, topic)
    beside = [f"/masterclasses/{page.pk}/{name}" for name in ("captions.vtt", "chapters.json")]
    if page.audio_id:
        beside.append(page.audio.url)
    assert found(client, [*EVERYWHERE, f"/masterclasses/{page.slug}/", *beside]) == set()


@pytest.mark.parametrize("kind", OTHERS)
def test_anything_else_hidden_is_nowhere(client: Client, topic: Topic, kind: str) -> None:
    own = OTHERS[kind](topic)
    assert found(client, [*EVERYWHERE, *own]) == set()
