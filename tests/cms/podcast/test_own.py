"""A person's own feed: its page, what a program gets with the address, and what stops."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import Chapter, FeedAddress, MasterclassesPage, MasterclassPage
from cms.podcast import actions
from lms.accounts.models import Membership, User
from lms.core.tokens import digest
from tests.cms.podcast.reading import NAMES, by_feedparser, by_podcastparser, channel, one, text
from tests.factories.accounts import ClusterFactory, ClusterMembershipFactory, MembershipFactory, UserFactory
from tests.factories.cms import MasterclassesPageFactory, masterclass, sound

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def show() -> MasterclassesPage:
    return MasterclassesPageFactory.create()


@pytest.fixture
def membership() -> Membership:
    return MembershipFactory()


@pytest.fixture
def token(membership: Membership) -> str:
    return actions.make_address(membership.user)


@pytest.fixture
def talk(show: MasterclassesPage) -> MasterclassPage:
    """For members, with everything that goes with an episode."""
    return masterclass(
        show,
        title="For members",
        slug="members",
        audience="members",
        chapters=[Chapter(start=0, title="One")],
        audio=sound(file_size=10),
    )


def titles(client: Client, token: str) -> set[str]:
    return {item.text or "" for item in channel(client.get(f"/podcast/feed/{token}.xml")).findall("item/title")}


# --- The page --------------------------------------------------------------------------------------------------------


def address_in(shown: str) -> str:
    """The address on the page, as somebody copies it."""
    return shown.partition("<textarea")[2].partition(">")[2].partition("<")[0]


def test_an_address_is_made_shown_once_and_works(client: Client, talk: MasterclassPage, membership: Membership) -> None:
    client.force_login(membership.user)
    assert "You have no address yet" in client.get("/me/podcast/").content.decode()
    made = client.post("/me/podcast/make/")
    feed = address_in(made.content.decode())
    assert feed.startswith(f"{SITE}/podcast/feed/")
    assert "no-store" in made["Cache-Control"]
    assert feed not in client.get("/me/podcast/").content.decode()
    kept = FeedAddress.objects.get()
    assert kept.token_digest == digest(feed.removeprefix(f"{SITE}/podcast/feed/").removesuffix(".xml"))
    assert Client().get(feed.removeprefix(SITE)).status_code == 200


def test_a_new_one_stops_the_old_at_once(client: Client, talk: MasterclassPage, membership: Membership) -> None:
    client.force_login(membership.user)
    old = address_in(client.post("/me/podcast/make/").content.decode()).removeprefix(SITE)
    new = address_in(client.post("/me/podcast/make/").content.decode()).removeprefix(SITE)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert FeedAddress.objects.filter(revoked_at=None).count() == 1


def test_taken_back_it_stops_at_once_and_twice_is_once(
    client: Client, talk: MasterclassPage, membership: Membership, token: str
) -> None:
    client.force_login(membership.user)
    for _time in range(2):
        assert client.post("/me/podcast/revoke/").status_code == 302
    for rest in (".xml", f"/{talk.pk}/sound.mp3", f"/{talk.pk}/captions.vtt", f"/{talk.pk}/chapters.json"):
        assert Client().get(f"/podcast/feed/{token}{rest}").status_code == 404, rest


def test_nobody_takes_back_anothers(client: Client, show: MasterclassesPage, token: str) -> None:
    client.force_login(UserFactory())
    client.post("/me/podcast/revoke/")
    client.post("/me/podcast/make/")
    assert Client().get(f"/podcast/feed/{token}.xml").status_code == 200


def test_it_can_be_made_before_there_is_an_episode(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert "There is no episode yet" in client.get("/me/podcast/").content.decode()
    made = address_in(client.post("/me/podcast/make/").content.decode()).removeprefix(SITE)
    assert Client().get(made).status_code == 404
    MasterclassesPageFactory.create()
    assert Client().get(made).status_code == 200


def test_it_is_linked_from_ones_account(client: Client) -> None:
    client.force_login(UserFactory())
    assert 'href="/me/podcast/"' in client.get("/me/profile/").content.decode()


# --- The feed --------------------------------------------------------------------------------------------------------


def test_it_has_every_episode_the_person_may_hear(
    client: Client, show: MasterclassesPage, talk: MasterclassPage, membership: Membership, token: str
) -> None:
    cluster = ClusterFactory()
    masterclass(show, title="For everybody", slug="open")
    masterclass(show, title="For a cluster", slug="cluster", audience="clusters", clusters=[cluster])
    assert titles(client, token) == {"For everybody", "For members"}
    ClusterMembershipFactory(company=membership.company, cluster=cluster)
    assert titles(client, token) == {"For everybody", "For members", "For a cluster"}


def test_no_directory_and_no_cache_keeps_it(client: Client, talk: MasterclassPage, token: str) -> None:
    answer = client.get(f"/podcast/feed/{token}.xml")
    feed = channel(answer)
    assert text(feed, "itunes:block").lower() == text(feed, "podcast:block") == "yes"
    assert text(feed, "podcast:guid") != text(channel(client.get("/podcast/feed.xml")), "podcast:guid")
    assert one(feed, "atom:link").attrib["href"] == f"{SITE}/podcast/feed/{token}.xml"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert by_podcastparser(answer)["episodes"][0]["guid"] == str(talk.guid)
    by_feedparser(answer)


def test_it_says_when_nothing_has_changed(client: Client, talk: MasterclassPage, token: str) -> None:
    first = client.get(f"/podcast/feed/{token}.xml")
    again = client.get(f"/podcast/feed/{token}.xml", headers={"if_none_match": f'"x", {first["ETag"]}'})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-store")
    head = client.head(f"/podcast/feed/{token}.xml")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_what_it_names_works_without_a_session(client: Client, talk: MasterclassPage, token: str) -> None:
    item = one(channel(client.get(f"/podcast/feed/{token}.xml")), "item")
    enclosure = one(item, "enclosure").attrib
    assert enclosure["url"] == f"{SITE}/podcast/feed/{token}/{talk.pk}/sound.mp3"
    program = Client()
    sent = program.get(enclosure["url"].removeprefix(SITE))
    assert (sent.status_code, sent.getvalue(), sent["Content-Type"]) == (200, b"0123456789", "audio/mpeg")
    assert int(enclosure["length"]) == int(sent["Content-Length"])
    captions = program.get(one(item, "podcast:transcript").attrib["url"].removeprefix(SITE))
    assert captions["Content-Type"].startswith("text/vtt")
    assert captions.content.decode() == talk.captions
    chapters = program.get(one(item, "podcast:chapters").attrib["url"].removeprefix(SITE))
    assert chapters.json()["chapters"] == [{"startTime": 0, "title": "One"}]
    for answer in (sent, captions, chapters):
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]


def test_sound_comes_by_range(client: Client, talk: MasterclassPage, token: str) -> None:
    address = f"/podcast/feed/{token}/{talk.pk}/sound.mp3"
    for asked, status, part in (
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-", 206, b"89"),
        ("bytes=10-", 416, b""),
    ):
        answer = client.get(address, headers={"range": asked})
        assert (answer.status_code, answer.getvalue()) == (status, part), asked
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], head["Accept-Ranges"]) == (200, "10", "bytes")


def test_the_proxy_sends_it_in_production(client: Client, talk: MasterclassPage, token: str, settings: Any) -> None:
    settings.X_ACCEL_PREFIX = "/protected/"
    answer = client.get(f"/podcast/feed/{token}/{talk.pk}/sound.mp3")
    assert answer["X-Accel-Redirect"].startswith("/protected/documents/")
    assert (answer.content, answer["Content-Type"]) == (b"", "audio/mpeg")


def test_what_everybody_may_hear_has_everybodys_address(client: Client, show: MasterclassesPage, token: str) -> None:
    page = masterclass(show)
    item = one(channel(client.get(f"/podcast/feed/{token}.xml")), "item")
    assert one(item, "enclosure").attrib["url"] == f"{SITE}{page.audio.url}"
    assert token not in one(item, "podcast:transcript").attrib["url"]


def test_what_is_not_there_is_not_found(client: Client, talk: MasterclassPage, token: str) -> None:
    for rest in ("999999/sound.mp3", f"{talk.pk}/sound.exe", f"{talk.pk}/film.mp4", "999999/captions.vtt"):
        assert client.get(f"/podcast/feed/{token}/{rest}").status_code == 404, rest


def test_a_file_that_is_gone_is_not_found(client: Client, talk: MasterclassPage, token: str) -> None:
    talk.audio.file.storage.delete(talk.audio.file.name)
    assert client.get(f"/podcast/feed/{token}/{talk.pk}/sound.mp3").status_code == 404


# --- What stops ------------------------------------------------------------------------------------------------------


def everything(token: str, page: MasterclassPage) -> list[int]:
    paths = [f"{page.pk}/sound.mp3", f"{page.pk}/captions.vtt", f"{page.pk}/chapters.json"]
    return [Client().get(f"/podcast/feed/{token}/{path}").status_code for path in paths]


def test_who_left_the_company_no_longer_hears_its_episodes(
    client: Client, talk: MasterclassPage, membership: Membership, token: str
) -> None:
    assert everything(token, talk) == [200, 200, 200]
    membership.state = "left"
    membership.save()
    assert titles(client, token) == set()
    assert everything(token, talk) == [404, 404, 404]


def test_a_company_that_left_its_cluster(
    client: Client, show: MasterclassesPage, membership: Membership, token: str
) -> None:
    place = ClusterMembershipFactory(company=membership.company)
    page = masterclass(show, title="For a cluster", audience="clusters", clusters=[place.cluster])
    assert titles(client, token) == {"For a cluster"}
    place.until = timezone.localdate()
    place.save()
    assert titles(client, token) == set()
    assert everything(token, page) == [404, 404, 404]


def test_who_may_not_sign_in_has_no_feed(
    client: Client, talk: MasterclassPage, membership: Membership, token: str
) -> None:
    User.objects.filter(pk=membership.user_id).update(is_active=False)
    assert Client().get(f"/podcast/feed/{token}.xml").status_code == 404
    assert everything(token, talk) == [404, 404, 404]


def test_an_episode_taken_back_is_gone(client: Client, talk: MasterclassPage, token: str) -> None:
    talk.unpublish()
    assert titles(client, token) == set()
    assert everything(token, talk) == [404, 404, 404]


def test_a_token_nobody_has_is_not_found(client: Client, show: MasterclassesPage) -> None:
    for token in ("x", "%00", "a" * 500, "..", "æ", "feed"):
        assert client.get(f"/podcast/feed/{token}.xml").status_code == 404, token


# --- What reading writes ---------------------------------------------------------------------------------------------


def writes(client: Client, address: str, *, head: bool = False) -> list[str]:
    """What asking for an address writes."""
    with CaptureQueriesContext(connection) as asked:
        (client.head if head else client.get)(address)
    said = [query["sql"].split()[0] for query in asked.captured_queries]
    return [word for word in said if word in {"INSERT", "UPDATE", "DELETE"}]


def test_the_day_of_use_is_written_once_a_day(client: Client, talk: MasterclassPage, token: str) -> None:
    address, sent = f"/podcast/feed/{token}.xml", f"/podcast/feed/{token}/{talk.pk}/sound.mp3"
    today = timezone.now().replace(hour=10)
    with time_machine.travel(today, tick=False):
        assert writes(client, address, head=True) == ["UPDATE"]
        assert [writes(client, address), writes(client, sent)] == [[], []]
        assert FeedAddress.objects.get().last_used_on == timezone.localdate()
    with time_machine.travel(today + timedelta(days=1), tick=False):
        assert writes(client, sent) == ["UPDATE"]
        assert writes(client, address) == []


@pytest.mark.parametrize("number", [3, 30])
def test_it_costs_the_same_with_any_number(
    client: Client, show: MasterclassesPage, token: str, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        masterclass(show, slug=f"m{n}", audience="members")
    address = f"/podcast/feed/{token}.xml?fresh"
    client.get(address)
    # The address with its person; their companies, groups, clusters, courses begun; the version.
    with django_assert_num_queries(6):
        assert len(channel(client.get(address)).findall("item", NAMES)) == number
