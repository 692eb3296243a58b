"""What others read in the head of our pages: previews, structured data, the address, feeds."""

import json
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.template import engines
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from cms.models import MasterclassesPage, MasterclassPage, StandardPage
from cms.sharing import selectors
from tests.cms.podcast.hidden import HIDDEN, HIDDEN_FILES, words
from tests.factories.cms import MasterclassesPageFactory, StandardPageFactory, TopicFactory, masterclass, sound
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
HOSTILE = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'


def head(html: str) -> ElementTree.Element:
    found = html5lib.parse(html, namespaceHTMLElements=False).find("head")
    assert found is not None
    return found


def said(html: str) -> dict[str, str]:
    """The meta elements with a property."""
    return {m.get("property", ""): m.get("content", "") for m in head(html).iter("meta") if m.get("property")}


def things(html: str) -> dict[str, Any]:
    """schema.org's things on the page, by type."""
    data = [json.loads(s.text or "") for s in head(html).iter("script") if s.get("type") == "application/ld+json"]
    assert len(data) <= 1
    return {thing["@type"]: thing for graph in data for thing in graph["@graph"]}


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def of_page(page: Any) -> str:
    """The elements for a page whose own template is another part's."""
    request = RequestFactory().get(page.url)
    template = engines["django"].from_string("{% load sharing %}<head>{% share_page %}</head>")
    return template.render({"page": page}, request)


def test_a_plain_page_is_shown_with_whole_addresses(client: Client) -> None:
    page = StandardPageFactory.create(slug="about", title="About us", lede="Who we are.")
    html = shown(client, "/about/")
    assert said(html) == {
        "og:title": "About us",
        "og:description": "Who we are.",
        "og:type": "article",
        "og:url": f"{SITE}/about/",
        "og:image": f"{SITE}/static/landfall/share.png",
        "og:locale": "en_GB",
        "og:site_name": "Landfall",
    }
    (canonical,) = [link.get("href") for link in head(html).iter("link") if link.get("rel") == "canonical"]
    assert canonical == f"{SITE}/about/"
    trail = things(html)["BreadcrumbList"]["itemListElement"]
    assert [place["item"] for place in trail] == [f"{SITE}/", f"{SITE}/about/"]
    assert page.title == trail[1]["name"]


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_of_a_private_page_nothing_is_said(client: Client, kind: str) -> None:
    page = StandardPageFactory.create(slug="about", title="Hidden words")
    assert "og:title" in shown(client, "/about/")
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    assert of_page(StandardPage.objects.get()).strip() == "<head></head>"


def test_sign_in_and_errors_say_nothing(client: Client) -> None:
    StandardPageFactory.create()
    assert said(client.get("/accounts/login/").content.decode()) == {}
    assert said(client.get("/nowhere/").content.decode()) == {}


def test_feeds_are_found_by_themselves(client: Client) -> None:
    listed = MasterclassesPageFactory.create(podcast_title='A "podcast" & more')
    for address in ("/", "/podcast/"):
        links = [
            link for link in head(shown(client, address)).iter("link") if link.get("type") == "application/rss+xml"
        ]
        assert [(link.get("title"), link.get("href")) for link in links] == [
            (listed.podcast_title, "/podcast/feed.xml")
        ]
    listed.unpublish()
    assert "application/rss+xml" not in shown(client, "/")


def test_a_masterclass_is_an_episode_with_its_sound() -> None:
    page = masterclass(title="Who pays", slug="who-pays", audio=sound(duration=95, file_size=10))
    episode = things(of_page(page))["PodcastEpisode"]
    assert (episode["name"], episode["url"]) == ("Who pays", f"{SITE}/masterclasses/who-pays/")
    assert episode["partOfSeries"]["webFeed"] == f"{SITE}/podcast/feed.xml"
    assert episode["associatedMedia"] == {
        "@type": "AudioObject",
        "contentUrl": f"{SITE}{page.audio.url}",
        "encodingFormat": "audio/mpeg",
        "contentSize": "10 B",
        "duration": "PT1M35S",
    }


def test_film_is_a_video_wherever_it_lies() -> None:
    film = masterclass(video=sound("film.mp4", media_type="video/mp4", duration=60))
    elsewhere = masterclass(embed="https://youtu.be/abc_DEF-123")
    here = things(of_page(film))["VideoObject"]
    assert here["contentUrl"] == f"{SITE}{film.video.url}"
    assert {"name", "description", "thumbnailUrl", "uploadDate", "duration"} <= set(here)
    there = things(of_page(elsewhere))
    assert there["VideoObject"]["embedUrl"] == "https://www.youtube-nocookie.com/embed/abc_DEF-123"  # the player
    assert "PodcastEpisode" not in there


@pytest.mark.parametrize("kind", HIDDEN)
def test_of_what_is_hidden_nothing_is_said(kind: str) -> None:
    MasterclassesPageFactory.create()
    page = MasterclassPage.objects.get(pk=HIDDEN[kind]("zephyrine", TopicFactory()).pk)
    if kind == "expired":  # its page still stands, until the sweep comes by
        page.unpublish()
    assert of_page(page).strip() == "<head></head>"


@pytest.mark.parametrize("kind", HIDDEN_FILES)
def test_a_file_that_is_not_everybodys_is_not_named(kind: str) -> None:
    MasterclassesPageFactory.create()
    page = HIDDEN_FILES[kind]("zephyrine", TopicFactory())
    assert "og:title" in of_page(page)
    assert "/documents/" not in of_page(page)
    assert "PodcastEpisode" not in things(of_page(page))


def test_no_title_breaks_out(client: Client) -> None:
    StandardPageFactory.create(slug="about", title=HOSTILE)
    html = shown(client, "/about/")
    assert said(html)["og:title"] == HOSTILE
    assert things(html)["BreadcrumbList"]["itemListElement"][1]["name"] == HOSTILE
    assert [s for s in head(html).iter("script") if s.text and s.get("type") != "application/ld+json"] == []
    assert not list(head(html).iter("img"))


def test_a_preview_says_nothing() -> None:
    page = masterclass(**words("zephyrine"))
    request = RequestFactory().get(page.url)
    request.is_preview = True  # type: ignore[attr-defined]
    assert selectors.page_share(request, page) is None


def test_a_warm_page_asks_nothing_more(client: Client, django_assert_num_queries: Any) -> None:
    page = masterclass()
    request = RequestFactory().get(page.url)
    selectors.page_share(request, page)
    with django_assert_num_queries(0):
        assert selectors.page_share(request, page)


def test_a_course_is_a_course(client: Client) -> None:
    course = make_course(1, 1)
    html = shown(client, course.url)
    found = things(html)["Course"]
    assert (found["name"], found["url"]) == (course.title, f"{SITE}{course.url}")
    assert found["provider"]["name"] == "Landfall"
    assert said(html)["og:url"] == f"{SITE}{course.url}"
    PageViewRestriction.objects.create(page=course, restriction_type="login")
    assert "og:title" not in client.get(course.url, follow=True).content.decode()


def test_a_picture_whose_file_is_gone_gives_way() -> None:
    assert MasterclassesPage.objects.count() == 0
    assert selectors.picture_of(None) == f"{SITE}/static/landfall/share.png"
