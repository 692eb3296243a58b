"""The public feed, read back by programs we did not write and held against RSS's and Apple's rules."""

from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from cms.models import Chapter, Document, Guest, MasterclassesPage, MasterclassPage
from cms.podcast import selectors
from cms.published import bump, forget
from tests.cms.podcast.reading import NAMES, by_feedparser, by_podcastparser, channel, one, text
from tests.factories.cms import HomePageFactory, MasterclassesPageFactory, locale, masterclass, sound

pytestmark = pytest.mark.django_db
FEED = "/podcast/feed.xml"
SITE = "http://localhost:8000"
TITLES = ["Plain", "A & B <b>bold</b>", "]]> and &amp;", "\x00\x0b control \x1f", "🎧 Æ \ud800", "\"quoted\" 'twice'"]


@pytest.fixture
def show() -> MasterclassesPage:
    return MasterclassesPageFactory.create(
        podcast_title="Scale & Clinic",
        podcast_summary="What companies ask.",
        podcast_author="Demo Cluster",
        podcast_email="podcast@demo.example",
        funding_url="https://funder.example/",
        funding_text="Paid for by a funder",
    )


def full(show: MasterclassesPage, **fields: Any) -> Any:
    """A masterclass with everything an episode can have."""
    today = timezone.localdate()
    guests = [
        Guest(name="Demo Host", role="Host", is_host=True, consent_on=today, sort_order=0),
        Guest(name="Demo Founder", role="Founder", consent_on=today, sort_order=1),
        Guest(name="Demo Silent", role="Guest", consent_on=today, sort_order=2),
    ]
    plain = {
        "title": "Who pays",
        "slug": "who-pays",
        "guests": guests,
        "chapters": [Chapter(start=0, title="Opening"), Chapter(start=12, title="The payer")],
        "soundbite_start": 5,
        "soundbite_seconds": 20,
        "notes": "See [courses](/courses/).",
        "audio": sound(file_size=123_456, duration=95),
    }
    return masterclass(show, **{**plain, **fields})


def now_is(file: Document, **facts: Any) -> None:
    """Another file was put in its place since the page was published."""
    Document.objects.filter(pk=file.pk).update(**facts)


def test_the_channel_has_what_directories_ask_for(client: Client, show: MasterclassesPage) -> None:
    full(show)
    feed = channel(client.get(FEED))
    assert text(feed, "title") == "Scale & Clinic"
    assert text(feed, "description") == "What companies ask."
    assert text(feed, "link") == f"{SITE}/podcast/"
    assert text(feed, "language") == "en"
    assert one(feed, "atom:link").attrib == {"rel": "self", "href": f"{SITE}{FEED}"}
    assert text(feed, "itunes:author") == "Demo Cluster"
    assert text(feed, "itunes:owner/itunes:email") == "podcast@demo.example"
    assert text(feed, "itunes:type") == "episodic"
    assert text(feed, "itunes:explicit") == "false"
    wide = [category.attrib["text"] for category in feed.findall("itunes:category", NAMES)]
    assert wide == ["Business", "Health & Fitness"]
    assert one(feed, "itunes:category[1]/itunes:category").attrib["text"] == "Entrepreneurship"
    assert UUID(text(feed, "podcast:guid")) == show.podcast_guid
    assert (text(feed, "podcast:locked"), one(feed, "podcast:locked").attrib) == ("yes", {"owner": show.podcast_email})
    assert one(feed, "podcast:funding").attrib == {"url": "https://funder.example/"}
    assert feed.find("itunes:block", NAMES) is None
    assert feed.find("podcast:block", NAMES) is None


def test_an_episode_has_what_programs_ask_for(client: Client, show: MasterclassesPage) -> None:
    page = full(show)
    Guest.objects.filter(name="Demo Silent").update(consent_on=None)  # taken back since it was published
    item = one(channel(client.get(FEED)), "item")
    assert text(item, "title") == text(item, "itunes:title") == "Who pays"
    assert text(item, "link") == f"{SITE}/masterclasses/who-pays/"
    assert one(item, "enclosure").attrib == {
        "url": f"{SITE}{page.audio.url}",
        "length": "123456",
        "type": "audio/mpeg",
    }
    assert (text(item, "guid"), one(item, "guid").attrib) == (str(page.guid), {"isPermaLink": "false"})
    assert parsedate_to_datetime(text(item, "pubDate")) == page.first_published_at.replace(microsecond=0)
    assert text(item, "itunes:duration") == "95"
    assert text(item, "itunes:summary") == "In short."
    assert text(item, "itunes:episode") == "1"
    assert "http://localhost:8000/courses/" in text(item, "content:encoded")
    people = [(person.text, person.attrib["role"]) for person in item.findall("podcast:person", NAMES)]
    assert people == [("Demo Host", "host"), ("Demo Founder", "guest")]
    transcript = one(item, "podcast:transcript").attrib
    assert (transcript["url"], transcript["type"]) == (f"{SITE}/masterclasses/{page.pk}/captions.vtt", "text/vtt")
    chapters = one(item, "podcast:chapters").attrib
    assert chapters == {"url": f"{SITE}/masterclasses/{page.pk}/chapters.json", "type": "application/json+chapters"}
    assert one(item, "podcast:soundbite").attrib == {"startTime": "5.0", "duration": "20.0"}


def test_what_there_is_not_is_not_named(client: Client, show: MasterclassesPage) -> None:
    file = sound(duration=60)
    masterclass(show, captions="", transcript="Said.", soundbite_start=25, soundbite_seconds=20, audio=file)
    now_is(file, duration=30)
    item = one(channel(client.get(FEED)), "item")
    for name in ("podcast:transcript", "podcast:chapters", "podcast:soundbite", "podcast:person"):
        assert item.find(name, NAMES) is None, name


def test_two_readers_of_feeds_understand_it(client: Client, show: MasterclassesPage) -> None:
    page = full(show)
    answer = client.get(FEED)
    read = by_feedparser(answer)
    assert read.version == "rss20"
    assert (read.feed.title, read.entries[0].title) == ("Scale & Clinic", "Who pays")
    assert read.entries[0].id == str(page.guid)
    assert read.entries[0].guidislink is False
    assert read.entries[0].enclosures[0].length == "123456"
    assert read.entries[0].published_parsed
    show_read = by_podcastparser(answer)
    assert show_read["title"] == "Scale & Clinic"
    assert show_read["cover_url"].startswith(f"{SITE}/static/landfall/podcast-cover")
    episode = show_read["episodes"][0]
    assert episode["guid"] == str(page.guid)
    assert episode["total_time"] == 95
    assert episode["enclosures"] == [
        {"url": f"{SITE}{page.audio.url}", "file_size": 123_456, "mime_type": "audio/mpeg"}
    ]


def test_no_title_breaks_it(client: Client, show: MasterclassesPage) -> None:
    """A lone surrogate cannot be stored: there the database's own refusal would come first."""
    titles = [title.replace("\ud800", "").replace("\x00", "") for title in TITLES]
    for n, title in enumerate(titles):
        full(show, title=title, slug=f"x{n}", summary=title, chapters=[Chapter(start=0, title=title)])
    for title in titles:
        show.podcast_title = title
        show.save()
        bump()
        answer = client.get(FEED)
        by_feedparser(answer)
        assert len(by_podcastparser(answer)["episodes"]) == len(titles)
    shown = {text(item, "title") for item in channel(answer).findall("item")}
    assert shown == {"".join(letter for letter in title if letter >= " ") for title in titles}


def test_the_identity_survives_renames_and_moves_and_a_copy_differs(client: Client, show: MasterclassesPage) -> None:
    page = full(show)
    before = text(one(channel(client.get(FEED)), "item"), "guid")
    page.title, page.slug = "Another name", "another-name"
    page.save_revision().publish()
    other = MasterclassesPageFactory.create(parent=show.get_parent(), slug="elsewhere")
    page.move(other, pos="last-child")
    item = one(channel(client.get(FEED)), "item")
    assert text(item, "guid") == before
    assert text(item, "link") == f"{SITE}/elsewhere/another-name/"
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    copy.get_latest_revision().publish()
    guids = [item.text for item in channel(client.get(FEED)).findall("item/guid")]
    assert len(set(guids)) == 2
    assert before in guids


def test_newest_first_and_numbered_from_the_oldest(client: Client, show: MasterclassesPage) -> None:
    for days, name in ((3, "old"), (1, "new"), (2, "middle")):
        page = masterclass(show, title=name, slug=name)
        type(page).objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=days))
    forget()
    items = channel(client.get(FEED)).findall("item")
    assert [(text(item, "title"), text(item, "itunes:episode")) for item in items] == [
        ("new", "3"),
        ("middle", "2"),
        ("old", "1"),
    ]


def test_only_sound_and_film_are_episodes(client: Client, show: MasterclassesPage) -> None:
    masterclass(show, title="elsewhere", slug="a", embed="https://youtu.be/abc_DEF-123")
    broken = sound()
    masterclass(show, title="broken", slug="b", audio=broken)
    now_is(broken, media_type="")
    masterclass(show, title="left out", slug="c", in_podcast=False)
    film = sound("film.mp4", media_type="video/mp4")
    masterclass(show, title="film", slug="d", video=film)
    masterclass(show, title="both", slug="e", audio=sound(), video=film)
    items = channel(client.get(FEED)).findall("item")
    types = {text(item, "title"): one(item, "enclosure").attrib["type"] for item in items}
    assert types == {"film": "video/mp4", "both": "audio/mpeg"}


def test_an_empty_podcast_is_a_feed_too(client: Client, show: MasterclassesPage) -> None:
    first, second = client.get(FEED), client.get(FEED)
    assert channel(first).findall("item") == []
    assert first["ETag"] == second["ETag"]
    by_feedparser(first)


def test_without_a_list_there_is_no_podcast(client: Client) -> None:
    HomePageFactory.create()
    assert client.get(FEED).status_code == 404
    assert client.get("/podcast/").status_code == 404


# --- Languages -------------------------------------------------------------------------------------------------------


def test_each_language_has_its_feed_and_what_is_not_translated_is_in_it(
    client: Client, show: MasterclassesPage
) -> None:
    masterclass(show, title="Only English", slug="only")
    both = masterclass(show, title="In both", slug="both")
    norwegian = locale("nb")
    show.get_parent().specific.copy_for_translation(norwegian).get_latest_revision().publish()
    listed = show.copy_for_translation(norwegian)
    listed.podcast_title = "På norsk"
    listed.save_revision().publish()
    translated = both.copy_for_translation(norwegian)
    translated.title = "På begge"
    translated.save_revision().publish()
    english, other = channel(client.get(FEED)), channel(client.get("/nb/podcast/feed.xml"))
    assert text(english, "language") == "en"
    assert {item.text for item in english.findall("item/title")} == {"Only English", "In both"}
    assert (text(other, "title"), text(other, "language")) == ("På norsk", "nb")
    assert {item.text for item in other.findall("item/title")} == {"Only English", "På begge"}
    assert one(other, "atom:link").attrib["href"] == f"{SITE}/nb/podcast/feed.xml"
    assert {item.text for item in other.findall("item/link")} == {
        f"{SITE}/masterclasses/only/",
        f"{SITE}/nb/masterclasses/both/",
    }


def test_a_language_without_a_list_has_the_english_one(client: Client, show: MasterclassesPage) -> None:
    full(show, guests=[Guest(name="Demo Host", role="h", consent_on=date(2026, 1, 1))])
    feed = channel(client.get("/nb/podcast/feed.xml"))
    assert text(feed, "language") == "en"
    assert len(feed.findall("item")) == 1


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 30])
def test_building_asks_the_same_of_the_database_for_any_number(
    show: MasterclassesPage, number: int, django_assert_num_queries: Any
) -> None:
    file = sound()
    for n in range(number):
        masterclass_row(show, n, file)
    selectors.build("en")  # Wagtail's own site root paths and content types
    with django_assert_num_queries(8):
        built = selectors.build("en")
    assert built is not None
    assert len(built.episodes) == number


def masterclass_row(show: MasterclassesPage, n: int, file: Any) -> None:
    page = MasterclassPage(title=f"M{n}", slug=f"m{n}", summary="s", audio=file, captions="WEBVTT", locale=show.locale)
    page.first_published_at = page.last_published_at = timezone.now()
    page.chapters = [Chapter(start=0, title="x")]
    show.add_child(instance=page)


def test_a_second_request_asks_for_the_version_alone(
    client: Client, show: MasterclassesPage, django_assert_num_queries: Any
) -> None:
    full(show)
    client.get(f"{FEED}?fresh")
    with django_assert_num_queries(1):
        client.get(f"{FEED}?fresh")
