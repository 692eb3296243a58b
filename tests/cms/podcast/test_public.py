"""The podcast for everybody over HTTP: conditional requests, HEAD, the page, topics' feeds, chapters."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms import findable
from cms.findable import Item
from cms.models import Chapter, MasterclassesPage, MasterclassPage, Topic
from cms.published import bump
from cms.rules import Access
from tests.cms.podcast.reading import by_feedparser, channel, one, text
from tests.factories.accounts import ClusterFactory, ClusterMembershipFactory, MembershipFactory
from tests.factories.cms import MasterclassesPageFactory, TopicFactory, masterclass

pytestmark = pytest.mark.django_db
FEED = "/podcast/feed.xml"
ADDRESSES = [FEED, "/nb/podcast/feed.xml", "/topics/market-access/feed.xml", "/sitemap.xml"]


@pytest.fixture
def show() -> MasterclassesPage:
    return MasterclassesPageFactory.create(podcast_summary="What companies ask.")


@pytest.fixture
def talk(show: MasterclassesPage) -> MasterclassPage:
    topic = TopicFactory(slug="market-access", title="Market access")
    return masterclass(
        show, title="Who pays", slug="who-pays", topics=[topic], chapters=[Chapter(start=0, title="One")]
    )


# --- Conditional requests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("talk")
def test_nobody_fetches_twice_what_has_not_changed(client: Client, address: str) -> None:
    first = client.get(address)
    tag, date = first["ETag"], first["Last-Modified"]
    assert (first.status_code, tag[0], first["Cache-Control"]) == (200, '"', "no-cache")  # a strong one
    conditions = [{"if_none_match": tag}, {"if_none_match": f'"other", W/"x", {tag}'}, {"if_none_match": "*"}]
    for condition in [*conditions, {"if_modified_since": date}]:
        again = client.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b""), condition
        assert again["ETag"] == tag
    for condition in ({"if_none_match": '"other"'}, {"if_modified_since": "Thu, 01 Jan 2015 00:00:00 GMT"}):
        assert client.get(address, headers=condition).status_code == 200, condition
    both = {"if_none_match": '"other"', "if_modified_since": date}
    assert client.get(address, headers=both).status_code == 200  # the tag has the last word


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("talk")
def test_head_gives_the_headers_alone(client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Length", "Content-Type"):
        assert head[name] == whole[name]
    assert int(head["Content-Length"]) == len(whole.content)


def test_an_episode_taken_back_is_a_change_by_tag_and_by_date(client: Client, talk: MasterclassPage) -> None:
    with time_machine.travel("2028-03-01 10:00:00+00:00", tick=False):
        bump()
        before = client.get(FEED)
    with time_machine.travel("2028-03-01 10:00:05+00:00", tick=False):
        talk.unpublish()
        for condition in ({"if_none_match": before["ETag"]}, {"if_modified_since": before["Last-Modified"]}):
            after = client.get(FEED, headers=condition)
            assert after.status_code == 200, condition
            assert channel(after).findall("item") == []


def test_time_never_goes_back(client: Client, talk: MasterclassPage) -> None:
    with time_machine.travel("2027-03-01 10:00:00+00:00", tick=False):
        bump()
    bump()  # a clock that is behind
    assert client.get(FEED)["Last-Modified"] == "Mon, 01 Mar 2027 10:00:00 GMT"


@pytest.mark.parametrize("address", ADDRESSES)
def test_feeds_are_only_read(client: Client, talk: MasterclassPage, address: str) -> None:
    assert client.post(address).status_code == 405


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_page_says_how_to_subscribe(client: Client, talk: MasterclassPage) -> None:
    shown = client.get("/podcast/").content.decode()
    assert 'value="http://localhost:8000/podcast/feed.xml"' in shown
    assert 'href="podcast://localhost:8000/podcast/feed.xml"' in shown
    assert 'href="/topics/market-access/feed.xml"' in shown
    assert "Who pays" in shown
    assert 'type="application/rss+xml" title="Scale Clinic" href="/podcast/feed.xml"' in shown
    assert "Sign in to get yours" in shown


def test_the_page_shows_each_what_they_may_hear(client: Client, show: MasterclassesPage) -> None:
    cluster = ClusterFactory()
    masterclass(show, title="For the cluster", slug="cluster", audience="clusters", clusters=[cluster])
    masterclass(show, title="For members", slug="members", audience="members")
    assert "The first episode is being made" in client.get("/podcast/").content.decode()
    person = MembershipFactory()
    client.force_login(person.user)
    shown = client.get("/podcast/").content.decode()
    assert "For members" in shown
    assert "For the cluster" not in shown
    ClusterMembershipFactory(company=person.company, cluster=cluster)
    shown = client.get("/podcast/").content.decode()
    assert "For the cluster" in shown
    assert "Not public" in shown


def test_the_page_costs_no_more_with_more_episodes(
    client: Client, show: MasterclassesPage, django_assert_num_queries: Any
) -> None:
    for n in range(3):
        masterclass(show, slug=f"m{n}")
    client.get("/podcast/?fresh")
    with django_assert_num_queries(1):  # the content version
        client.get("/podcast/?fresh")
    for n in range(3, 9):
        masterclass(show, slug=f"m{n}")
    client.get("/podcast/?fresh")
    with django_assert_num_queries(1):
        client.get("/podcast/?fresh")


# --- Topics' feeds ---------------------------------------------------------------------------------------------------


@pytest.fixture
def listed() -> Iterator[list[Item]]:
    """What another part of the product says it has; topics' feeds ask nothing else."""
    items: list[Item] = []
    kept = dict(findable._providers)
    findable._providers.clear()
    findable.register("test", lambda _language: items)
    yield items
    findable._providers.clear()
    findable._providers.update(kept)


def item(topic: Topic, **fields: Any) -> Item:
    plain = {
        "key": "document-1",
        "kind": "document",
        "title": "Report",
        "summary": "In short.",
        "url": "/documents/1/a",
    }
    day = datetime.date(2026, 3, 4)
    return Item(**{**plain, "language": "en", "topics": frozenset({topic.pk}), "date": day, **fields})


def test_a_topics_feed_has_everything_public_under_it(client: Client, listed: list[Item]) -> None:
    topic, other = TopicFactory(slug="here"), TopicFactory(slug="there")
    listed += [
        item(topic, title="A & B ]]> <i> \x01"),
        item(topic, key="document-2", title="At the publisher", url="https://publisher.example/x", date=None),
        item(topic, key="document-3", title="For members", access=Access("members")),
        item(other, key="document-4", title="Elsewhere"),
    ]
    answer = client.get("/topics/here/feed.xml")
    feed = channel(answer)
    items = feed.findall("item")
    assert [text(one, "title") for one in items] == ["A & B ]]> <i> ", "At the publisher"]
    assert [text(one, "guid") for one in items] == ["document-1", "document-2"]
    assert one(items[0], "guid").attrib == {"isPermaLink": "false"}
    assert text(items[0], "link") == "http://localhost:8000/documents/1/a"
    assert text(items[1], "link") == "https://publisher.example/x"
    assert text(items[0], "pubDate") == "Wed, 04 Mar 2026 12:00:00 +0100"
    assert items[1].find("pubDate") is None
    assert text(feed, "link") == "http://localhost:8000/topics/here/"
    assert by_feedparser(answer).entries[1].title == "At the publisher"


@pytest.mark.parametrize("number", [3, 30])
def test_a_topics_feed_costs_the_same_with_any_number(
    client: Client, listed: list[Item], number: int, django_assert_num_queries: Any
) -> None:
    topic = TopicFactory(slug="here")
    listed += [item(topic, key=f"document-{n}") for n in range(number)]
    client.get("/topics/here/feed.xml?fresh")
    bump()
    with django_assert_num_queries(3):  # the topic, the version, its date
        assert len(channel(client.get("/topics/here/feed.xml?fresh")).findall("item")) == number
    with django_assert_num_queries(2):
        client.get("/topics/here/feed.xml?fresh")


def test_a_topic_speaks_norwegian_where_it_is_named_so(client: Client) -> None:
    TopicFactory(slug="here", title="Funding", title_nb="Finansiering")
    assert text(channel(client.get("/nb/topics/here/feed.xml")), "title") == "Finansiering"


@pytest.mark.parametrize("address", ["/topics/nowhere/feed.xml", "/masterclasses/999999/chapters.json"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# --- Chapters --------------------------------------------------------------------------------------------------------


def test_chapters_are_json_as_programs_expect(client: Client, talk: MasterclassPage) -> None:
    answer = client.get(f"/masterclasses/{talk.pk}/chapters.json")
    assert answer["Content-Type"] == "application/json+chapters"
    assert answer.json() == {"version": "1.2.0", "title": "Who pays", "chapters": [{"startTime": 0, "title": "One"}]}
    again = client.get(f"/masterclasses/{talk.pk}/chapters.json", headers={"if_none_match": answer["ETag"]})
    assert again.status_code == 304


def test_chapters_for_members_are_kept_by_nobody(client: Client, show: MasterclassesPage) -> None:
    page = masterclass(show, audience="members", chapters=[Chapter(start=0, title="One")])
    assert client.get(f"/masterclasses/{page.pk}/chapters.json").status_code == 404
    client.force_login(MembershipFactory().user)
    answer = client.get(f"/masterclasses/{page.pk}/chapters.json")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
