"""A word of its own in everything that is not everybody's, looked for in everything public of this part."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import MasterclassesPage, MasterclassPage, Topic
from cms.podcast import actions
from tests.cms.podcast.hidden import HIDDEN, HIDDEN_FILES, words
from tests.factories.accounts import UserFactory
from tests.factories.cms import MasterclassesPageFactory, TopicFactory, masterclass

pytestmark = pytest.mark.django_db
WORD = "zephyrine"
PUBLIC = [
    "/podcast/",
    "/nb/podcast/",
    "/podcast/feed.xml",
    "/nb/podcast/feed.xml",
    "/topics/canary/feed.xml",
    "/sitemap.xml",
    "/",
]


FILES = ("captions.vtt", "chapters.json")


@pytest.fixture
def topic() -> Topic:
    MasterclassesPageFactory.create()
    return TopicFactory(slug="canary")


def word(kind: str) -> str:
    return WORD + kind.replace(" ", "")


def found(client: Client, addresses: list[str]) -> dict[str, set[str]]:
    """Where which of the words are shown."""
    said = {address: client.get(address, follow=True).content.decode().lower() for address in addresses}
    return {where: set(re.findall(rf"{WORD}[a-z]*", text)) for where, text in said.items() if WORD in text}


def beside(page: MasterclassPage) -> list[str]:
    return [f"/masterclasses/{page.pk}/{name}" for name in FILES]


def test_the_word_is_found_where_it_may_be(client: Client, topic: Topic) -> None:
    """Else the tests below could not fail."""
    page = masterclass(topics=[topic], **words(WORD))
    looked = [*(address for address in PUBLIC if address != "/"), *beside(page)]
    assert list(found(client, looked)) == looked


@pytest.fixture
def hidden(topic: Topic) -> dict[str, MasterclassPage]:
    """One of each kind, with a word of its own."""
    return {kind: make(word(kind), topic) for kind, make in HIDDEN.items()}


def test_the_words_are_nowhere(client: Client, hidden: dict[str, MasterclassPage]) -> None:
    own = [address for page in hidden.values() for address in beside(page)]
    assert found(client, [*PUBLIC, *own]) == {}


def test_the_words_are_in_no_feed_of_somebody_without_a_company(
    client: Client, hidden: dict[str, MasterclassPage]
) -> None:
    feed = f"/podcast/feed/{actions.make_address(UserFactory())}"
    files = {kind: [f"{feed}/{page.pk}/{name}" for name in FILES] for kind, page in hidden.items()}
    shown = found(client, [f"{feed}.xml", *(address for own in files.values() for address in own)])
    assert shown == {where: {word("login")} for where in [f"{feed}.xml", *files["login"]]}  # they are signed in


def test_a_file_that_is_not_everybodys_is_in_no_feed(client: Client, topic: Topic) -> None:
    for kind, make in HIDDEN_FILES.items():
        make(word(kind), topic)
    assert found(client, ["/podcast/", "/podcast/feed.xml", "/nb/podcast/feed.xml"]) == {}


def test_unpublished_changes_are_nowhere(client: Client, topic: Topic) -> None:
    page = masterclass(topics=[topic], title="As published")
    page.title = f"Changed to {WORD}"
    page.summary = WORD
    page.save_revision()
    assert found(client, [*PUBLIC, *beside(page)]) == {}


def test_a_private_list_has_no_public_podcast(client: Client, topic: Topic) -> None:
    masterclass(topics=[topic], **words(WORD))
    listed = MasterclassesPage.objects.get()
    listed.podcast_summary = WORD
    listed.save_revision().publish()
    PageViewRestriction.objects.create(page=listed, restriction_type="login")
    assert found(client, PUBLIC) == {}
    assert client.get("/podcast/feed.xml").status_code == client.get("/podcast/").status_code == 404
    token = actions.make_address(UserFactory())
    assert found(client, [f"/podcast/feed/{token}.xml"]) != {}
