"""The sitemap and robots.txt: every public address, its translations, nothing else."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms import findable
from cms.findable import Item
from cms.models import MasterclassesPage, MasterclassPage
from cms.published import bump
from cms.rules import Access
from tests.cms.podcast.hidden import HIDDEN
from tests.factories.cms import MasterclassesPageFactory, StandardPageFactory, TopicFactory, locale, masterclass, sound
from tests.factories.courses import home_page, lessons_of, make_course

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed(client: Client) -> dict[str, dict[str, str]]:
    """Every address without the site, and its translations by language."""
    answer = client.get("/sitemap.xml?fresh")
    assert answer["Content-Type"].startswith("application/xml")
    found = {}
    for url in ElementTree.fromstring(answer.content).findall("s:url", NAMES):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)}
        address = url.findtext("s:loc", "", NAMES)
        assert address.startswith(SITE)
        assert address not in found
        found[address.removeprefix(SITE)] = links
    return found


def test_every_public_address_is_in_it(client: Client) -> None:
    home = home_page()
    StandardPageFactory.create(parent=home, slug="about")
    MasterclassesPageFactory.create(parent=home)
    masterclass(slug="who-pays", topics=[TopicFactory(slug="funding")])
    course = make_course(1, 2)
    first, second = lessons_of(course)
    found = listed(client)
    expected = {"/", "/about/", "/masterclasses/", "/masterclasses/who-pays/", "/topics/funding/", "/podcast/"}
    assert expected | {"/courses/", course.url, first.url} <= set(found)
    assert second.url not in found
    answers = {address: client.get(address).status_code for address in ("/", "/about/", "/podcast/", course.url)}
    assert set(answers.values()) == {200}


def test_only_what_is_translated_names_its_translation(client: Client) -> None:
    home = home_page()
    about = StandardPageFactory.create(parent=home, slug="about")
    StandardPageFactory.create(parent=home, slug="contact")
    TopicFactory(slug="funding", title_nb="Finansiering")
    TopicFactory(slug="production")
    norwegian = locale("nb")
    home.copy_for_translation(norwegian).get_latest_revision().publish()
    about.copy_for_translation(norwegian).get_latest_revision().publish()
    found = listed(client)
    both = {"en": f"{SITE}/about/", "nb": f"{SITE}/nb/about/"}
    assert found["/about/"] == found["/nb/about/"] == both
    assert found["/contact/"] == found["/topics/production/"] == {}
    assert found["/topics/funding/"] == {"en": f"{SITE}/topics/funding/", "nb": f"{SITE}/nb/topics/funding/"}
    assert "/nb/contact/" not in found
    assert "/nb/topics/production/" not in found


@pytest.mark.parametrize("kind", HIDDEN)
def test_nothing_hidden_is_in_it(client: Client, kind: str) -> None:
    MasterclassesPageFactory.create()
    HIDDEN[kind]("zephyrine", TopicFactory())
    assert "zephyrine" not in client.get("/sitemap.xml").content.decode()


def test_a_private_course_and_what_is_under_it_are_not_in_it(client: Client) -> None:
    course = make_course(1, 1)
    assert course.url in listed(client)
    PageViewRestriction.objects.create(page=course, restriction_type="login")
    assert not [address for address in listed(client) if address.startswith(course.url)]


def test_a_page_made_private_leaves_it_at_once(client: Client) -> None:
    about = StandardPageFactory.create(slug="about")
    assert "/about/" in listed(client)
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert "/about/" not in listed(client)


@pytest.fixture
def library() -> Iterator[list[Item]]:
    items: list[Item] = []
    kept = dict(findable._providers)
    findable._providers.clear()
    findable.register("test", lambda _language: items)
    yield items
    findable._providers.clear()
    findable._providers.update(kept)


def test_of_the_library_what_is_ours_and_everybodys(client: Client, library: list[Item]) -> None:
    home_page()
    plain: dict[str, Any] = {"kind": "report", "title": "T", "summary": "S", "language": "en"}
    library += [
        Item(key="document-1", url="/documents/1/open.pdf", **plain),
        Item(key="document-2", url="/documents/2/members.pdf", access=Access("members"), **plain),
        Item(key="document-3", url="https://publisher.example/x", **plain),
    ]
    found = set(listed(client))
    assert "/documents/1/open.pdf" in found
    assert not {"/documents/2/members.pdf", "https://publisher.example/x"} & found


def building(client: Client, number: int) -> int:
    """What the sitemap asks of the database when it is built anew, with so many masterclasses."""
    listing = MasterclassesPage.objects.first() or MasterclassesPageFactory.create()
    file = sound()
    for n in range(MasterclassPage.objects.count(), number):
        page = MasterclassPage(title=f"M{n}", slug=f"m{n}", summary="s", audio=file, locale=listing.locale)
        page.first_published_at = timezone.now()
        listing.add_child(instance=page)
    client.get("/sitemap.xml?fresh")
    bump()
    with CaptureQueriesContext(connection) as asked:
        assert len(listed(client)) >= number
    return len(asked)


def test_it_costs_the_same_with_any_number(client: Client, django_assert_num_queries: Any) -> None:
    assert building(client, 3) == building(client, 30)
    with django_assert_num_queries(1):  # the content version
        client.get("/sitemap.xml?fresh")


def test_robots_are_told_where_it_is(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert {"Disallow: /podcast/feed/", "Disallow: /nb/podcast/feed/", "Disallow: /me/"} <= set(lines)
    assert not [line for line in lines if line.startswith("Disallow:") and "/podcast/feed.xml".startswith(line[10:])]
