"""The pages of the demo's events: what is heard and read there, every fact of the invitation, twice nothing new."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import webvtt
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import DjangoDbBlocker

from cms.delegations import selectors as journeys
from cms.demo import ensure_site
from cms.models import DelegationPage, Document, WebinarPage
from cms.webinars import selectors as webinars
from cms.webinars.rules import Stage
from lms.demo.companies import ensure_companies
from lms.demo.gatherings import ensure_gatherings
from lms.demo.people import ensure_people
from lms.demo.presented import WEBINARS, ensure_presented
from tests.factories.world import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("presented")


@pytest.fixture(scope="module")
def presented(django_db_setup: None, django_db_blocker: DjangoDbBlocker, files: Path) -> Iterator[None]:
    """The pages of the demo's events, once for all tests here."""
    with django_db_blocker.unblock(), made_once(files):
        ensure_site()
        people = ensure_people()
        ensure_gatherings(people, ensure_companies(people))
        ensure_presented()
        yield


@pytest.fixture(autouse=True)
def _files_of_the_pages(settings: Any, files: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = files, files / "private"


def read(client: Client, address: str) -> str:
    """The words of a page, each once apart."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_twice_is_nothing_new(presented: None) -> None:
    WebinarPage.objects.get(slug="before-a-pilot").unpublish()
    DelegationPage.objects.update(title="What an editor made of it")
    kept = [*WebinarPage.objects.values_list("pk", "live"), *DelegationPage.objects.values_list("pk", "title")]
    files = Document.objects.count()
    ensure_presented()
    assert [
        *WebinarPage.objects.values_list("pk", "live"),
        *DelegationPage.objects.values_list("pk", "title"),
    ] == kept
    assert Document.objects.count() == files


def test_one_webinar_invites_and_one_can_be_heard(presented: None, client: Client) -> None:
    stages = {page.slug: webinars.stage(page) for page in WebinarPage.objects.live()}
    assert stages == {"before-a-pilot": Stage.COMING, "market-access-at-home": Stage.RECORDED}
    for page in WebinarPage.objects.select_related("event"):
        assert page.title == page.event.title
        words = read(client, page.url)
        assert "Host of this example series" in words
        assert ("Register" in words) == (page.slug == "before-a-pilot")
        assert page.topics.count() == 2
        assert all(one.consent_on <= timezone.localdate() and one.consent_note for one in page.guests.all())
    assert {"before-a-pilot", "market-access-at-home"} == {folder.name for folder in WEBINARS.iterdir()}
    titles = WebinarPage.objects.values_list("title", flat=True)
    for address in ("/webinars/", "/topics/market-access-international/"):
        words = read(client, address)
        assert [title for title in titles if title not in words] == []


def test_the_recording(presented: None) -> None:
    page = WebinarPage.objects.get(slug="market-access-at-home")
    assert page.audio is not None
    assert page.audio.media_type == "audio/mpeg"
    assert 60 <= page.audio.duration <= 100
    assert page.audio.file.size < 200_000
    captions = webvtt.from_string(page.captions)
    assert "synthetic" in captions[0].text
    assert "examples" in captions[0].text
    assert page.audio.duration - 2 < captions[-1].end_in_seconds <= page.audio.duration + 1
    script = (WEBINARS / page.slug / "script.md").read_text(encoding="utf-8")
    said = " ".join(cue.text.replace("\n", " ") for cue in captions)
    turns = [line.split(":** ", 1)[1] for line in script.splitlines() if line.startswith("**Demo ")]
    assert said == " ".join(turns)
    chapters = [(chapter.title, chapter.start) for chapter in page.chapters.all()]
    assert [title for title, _start in chapters] == [line[3:] for line in script.splitlines() if line[:3] == "## "]
    begins = {round(cue.start_in_seconds, 3) for cue in captions}
    assert all(any(0 <= moment - start < 0.5 for moment in begins) for _title, start in chapters)
    assert page.first_published_at > page.event.ends_at


FACTS = """
follows a real invitation|2023|dates are moved|made up|Medical Alley Minnesota
digital health, e-health and medical technology|markets abroad|software in their product|test arena|early
partnerships between companies, academic and health institutions|Covid-19|outside the hospital|grow older
monitoring and follow-up at home|from the municipality to the hospital
has come far with medical technology and virtual care
hospitals, care homes, private companies, universities|Companies, health institutions and universities travel together
Why Minnesota|Every second, two people|PMA) six months faster|within a metre|best smart hospital in the world for 2023
Source: the organisers’ invitation, 2023
Hotel. A recommendation is to come|Flights|take part free of charge|NOK 5,000|At most 2 people
Food, other than breakfast and drinks|Norway House|Mayo Clinic|Medtronic
Norway Health Tech (NHT)|digitalisation of hospitals|Norwegian Smart Care Cluster (NSCC)
care services that municipalities provide
public cluster programme|user organisations|research|investors|hospital at home|more than 500 members
Research, health care, universities and industry|procurement|Clinical trials and testing|strategies for business abroad
Knowledge of markets abroad|Capital|Partnerships and shared knowledge|funded by Viken fylkeskommune
"""


def test_the_delegation_has_every_fact_of_the_invitation(presented: None, client: Client) -> None:
    words = read(client, "/delegations/minneapolis/")
    assert [fact for line in FACTS.strip().splitlines() for fact in line.split("|") if fact not in words] == []


def test_the_delegation_is_listed_and_says_nothing_twice(presented: None, client: Client) -> None:
    assert [item.title for item in journeys.items("en")] == [DelegationPage.objects.get().title]
    assert "Visiting Minneapolis" in read(client, "/delegations/")
    words = read(client, "/delegations/minneapolis/")
    for once in ("Food, other than breakfast and drinks", "six months faster", "Viken fylkeskommune."):
        assert words.count(once) == 1, once


def test_topics_of_the_pages_find_the_events(presented: None, client: Client) -> None:
    found: Any = read(client, "/events/?topic=market-access-international")
    assert "What a US hospital asks before a pilot" in found
    assert "Visiting Minneapolis" in found
    assert "Webinars and their recordings" in found
