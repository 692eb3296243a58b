"""A word of its own in everything that is not everybody's, looked for in everything public of this part."""

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


@pytest.fixture
def topic() -> Topic:
    MasterclassesPageFactory.create()
    return TopicFactory(slug="canary")


def found(client: Client, addresses: list[str]) -> list[str]:
    """Where the word is shown."""
    return [address for address in addresses if WORD in client.get(address, follow=True).content.decode().lower()]


def beside(page: MasterclassPage) -> list[str]:
    return [f"/masterclasses/{page.pk}/captions.vtt", f"/masterclasses/{page.pk}/chapters.json"]


def test_the_word_is_found_where_it_may_be(client: Client, topic: Topic) -> None:
    """Else the tests below could not fail."""
    page = masterclass(topics=[topic], **words(WORD))
    looked = [*(address for address in PUBLIC if address != "/"), *beside(page)]
    assert found(client, looked) == looked


@pytest.mark.parametrize("kind", HIDDEN)
def test_the_word_is_nowhere(client: Client, topic: Topic, kind: str) -> None:
    page = HIDDEN[kind](WORD, topic)
    assert found(client, [*PUBLIC, *beside(page)]) == []


@pytest.mark.parametrize("kind", HIDDEN)
def test_the_word_is_in_no_feed_of_somebody_without_a_company(client: Client, topic: Topic, kind: str) -> None:
    page = HIDDEN[kind](WORD, topic)
    token = actions.make_address(UserFactory())
    files = [f"/podcast/feed/{token}/{page.pk}/{name}" for name in ("captions.vtt", "chapters.json")]
    shown = found(client, [f"/podcast/feed/{token}.xml", *files])
    assert bool(shown) == (kind == "login")  # they are signed in


@pytest.mark.parametrize("kind", HIDDEN_FILES)
def test_a_file_that_is_not_everybodys_is_in_no_feed(client: Client, topic: Topic, kind: str) -> None:
    HIDDEN_FILES[kind](WORD, topic)
    assert found(client, ["/podcast/", "/podcast/feed.xml", "/nb/podcast/feed.xml"]) == []


def test_unpublished_changes_are_nowhere(client: Client, topic: Topic) -> None:
    page = masterclass(topics=[topic], title="As published")
    page.title = f"Changed to {WORD}"
    page.summary = WORD
    page.save_revision()
    assert found(client, [*PUBLIC, *beside(page)]) == []


def test_a_private_list_has_no_public_podcast(client: Client, topic: Topic) -> None:
    masterclass(topics=[topic], **words(WORD))
    listed = MasterclassesPage.objects.get()
    listed.podcast_summary = WORD
    listed.save_revision().publish()
    PageViewRestriction.objects.create(page=listed, restriction_type="login")
    assert found(client, PUBLIC) == []
    assert client.get("/podcast/feed.xml").status_code == client.get("/podcast/").status_code == 404
    token = actions.make_address(UserFactory())
    assert found(client, [f"/podcast/feed/{token}.xml"]) != []
