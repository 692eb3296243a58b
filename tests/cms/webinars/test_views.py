"""A webinar's page before and after, who gets it, and what it costs."""

import itertools
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms.models import Listening, WebinarSpeaker
from cms.presenting.actions import keep_up
from cms.public_cache import pages
from cms.published import bump
from lms.accounts.models import User
from lms.events.models import Event, Invited
from tests.cms.masterclasses.test_views import cluster_member, member, sound_faults
from tests.cms.webinars.conftest import AGREED, client_of, held, live, many, words
from tests.factories.accounts import ClusterFactory, UserFactory
from tests.factories.cms import (
    DocumentFactory,
    HomePageFactory,
    WebinarsPageFactory,
    locale,
    sound,
    webinar_event,
)
from tests.factories.events import registered

pytestmark = pytest.mark.django_db


def structured(html: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1])["@graph"] if found else []


def of_type(html: str, kind: str) -> list[dict[str, Any]]:
    return [one for one in structured(html) if one["@type"] == kind]


# --- Before and after ------------------------------------------------------------------------------------------------


def test_before_it_invites_and_plays_nothing() -> None:
    page = live(
        title="Who pays",
        notes="Bring **one** question.",
        audio=sound(),
        captions="WEBVTT\n\n00:00.000 --> 00:04.000\nSaid in it.\n",
        guests=[WebinarSpeaker(name="", role="Head of innovation", consent_on=AGREED)],
    )
    html = words(page)
    for piece in ("Who pays", "In short.", "<strong>one</strong>", "Head of innovation", "Foundation"):
        assert piece in html
    for piece in ("Said in it.", "<audio", "data-player", "captions.vtt", "The recording comes"):
        assert piece not in html


def test_after_it_plays_at_the_same_address() -> None:
    page = held(title="Who pays")
    html = words(page)
    for piece in ("<audio", "Chapter 1", "Words number 1.", "captions.vtt", "Kari Eksempel", "Recording of a webinar"):
        assert piece in html
    assert "The recording comes" not in html
    assert page.url == "/webinars/webinar-0/"


def test_after_it_without_a_recording_it_says_so_and_fakes_nothing() -> None:
    html = words(live(webinar_event(days=-2)))
    assert "The recording comes" in html
    for piece in ("<audio", "<video", "data-player", "<figure"):
        assert piece not in html


def test_it_turns_by_the_clock_alone() -> None:
    page = held(days=7)
    assert "data-player" not in words(page)
    with time_machine.travel(page.event.ends_at + timedelta(seconds=1), tick=False):
        pages.clear()  # ten seconds have passed
        assert "data-player" in words(page)


def test_a_cancelled_one_says_so_and_why() -> None:
    event = webinar_event(status="cancelled", cancelled_why="The speaker is ill.")
    html = words(live(event))
    assert "This webinar is cancelled" in html
    assert "The speaker is ill." in html
    assert of_type(html, "Event")[0]["eventStatus"] == "https://schema.org/EventCancelled"


def test_tentative_is_marked_until_it_is_confirmed() -> None:
    event = webinar_event(status="tentative")
    page = live(event)
    assert "Tentative, to be confirmed" in words(page)
    Event.objects.filter(pk=event.pk).update(status="confirmed")
    pages.clear()
    assert "Tentative" not in words(page)


def test_without_a_date_it_is_to_come() -> None:
    html = words(live(webinar_event(sessions=[])))
    assert "The recording comes" not in html
    assert of_type(html, "Event") == []


@pytest.mark.parametrize("what", ["coming", "awaited", "recorded", "cancelled"])
def test_the_page_is_sound(what: str) -> None:
    locale("nb")
    if what == "recorded":
        page = held()
    else:
        days = -1 if what == "awaited" else 7
        page = live(webinar_event(days=days, status="cancelled" if what == "cancelled" else "confirmed"))
    addresses = [page.url, f"/nb{page.url}"]
    for client, address in itertools.product((client_of(None), client_of(member())), addresses):
        answer = client.get(address)
        assert answer.status_code == 200
        assert sound_faults(answer.content.decode(), address) == []


# --- Who may see it --------------------------------------------------------------------------------------------------


def answers_of(page: Any, person: User | None) -> list[int]:
    """What the page, its captions and its sound answer."""
    client = client_of(person)
    addresses = (page.url, f"/masterclasses/{page.pk}/captions.vtt", page.audio.url)
    return [client.get(address).status_code for address in addresses]


OPEN, HIDDEN, SIGN_IN = [200, 200, 200], [404, 404, 404], [302, 404, 404]


def test_a_public_one_is_everybodys() -> None:
    page = held()
    assert [answers_of(page, person) for person in (None, UserFactory(), member())] == [OPEN, OPEN, OPEN]


def test_for_members() -> None:
    page = held(event=webinar_event(days=-1, visibility="members"))
    people = (None, UserFactory(), member(), UserFactory(is_staff=True))
    assert [answers_of(page, person) for person in people] == [SIGN_IN, HIDDEN, OPEN, OPEN]


def test_for_a_cluster() -> None:
    mine, other = ClusterFactory(), ClusterFactory()
    page = held(event=webinar_event(days=-1, visibility="clusters", clusters=[mine]))
    people = (None, member(), cluster_member(other), cluster_member(mine))
    assert [answers_of(page, person) for person in people] == [SIGN_IN, HIDDEN, HIDDEN, OPEN]


def test_for_those_who_are_invited_registered_or_organise_it() -> None:
    event = webinar_event(days=1, visibility="invited")
    guest, organiser = UserFactory(), UserFactory()
    Invited.objects.create(event=event, user=guest)
    event.organisers.add(organiser)
    comes = registered(event).placed_by
    page = held(event=event)
    people = (None, member(), guest, organiser, comes, event.owner)
    assert [answers_of(page, person) for person in people] == [SIGN_IN, HIDDEN, OPEN, OPEN, OPEN, OPEN]


def test_narrowing_the_event_narrows_the_page_in_the_next_request() -> None:
    page = live()
    client = client_of(UserFactory())
    assert client.get(page.url).status_code == 200
    Event.objects.filter(pk=page.event_id).update(visibility="members")
    assert client.get(page.url).status_code == 404


def test_a_draft_is_nobodys() -> None:
    page = live(live=False)
    assert [client_of(person).get("/webinars/webinar-0/").status_code for person in (None, member())] == [404, 404]
    assert page.live is False


def test_what_is_not_public_or_personal_is_never_kept() -> None:
    public, members = live(), live(webinar_event(visibility="members"))
    for page in (public, members):
        assert "private" in client_of(UserFactory(is_staff=True)).get(page.url)["Cache-Control"]
    assert client_of(None).get(members.url).status_code == 302
    assert len(pages) == 0
    client_of(None).get(public.url)
    assert len(pages) == 1


def test_the_place_in_a_recording_is_kept() -> None:
    page, person = held(size=20), member()
    answer = client_of(person).post(f"/masterclasses/{page.pk}/place/", {"position": "7"})
    assert answer.status_code == 204
    assert Listening.objects.get().page_id == page.pk
    assert 'data-place="7"' in words(page, person)


# --- What others read ------------------------------------------------------------------------------------------------


def test_an_event_before_a_film_after() -> None:
    event = webinar_event(time_zone="America/Chicago")
    page = held(event=event, title="Who pays", audio=None, embed="https://youtu.be/abc_DEF-123")
    (data,) = of_type(words(page), "Event")
    assert data["name"] == "Who pays"
    assert data["startDate"] == event.starts_at.astimezone(event.zone).isoformat()
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert data["location"] == {"@type": "VirtualLocation", "url": data["url"]}
    assert data["organizer"]
    with time_machine.travel(event.ends_at + timedelta(seconds=1), tick=False):
        keep_up()
        html = words(page)
    assert of_type(html, "Event") == []
    assert of_type(html, "VideoObject")[0]["embedUrl"] == "https://www.youtube-nocookie.com/embed/abc_DEF-123"


def test_nothing_is_said_of_what_is_not_public(client: Client) -> None:
    page = live(webinar_event(visibility="members"))
    assert structured(words(page, member())) == []
    assert page.url not in client.get("/sitemap.xml").content.decode()


def test_the_sitemap_has_public_ones(client: Client) -> None:
    page = live()
    assert f"{page.url}</loc>" in client.get("/sitemap.xml").content.decode()


def test_the_event_leads_to_its_page(client: Client) -> None:
    locale("nb")
    page = live()
    for address in (f"/events/{page.event_id}/", f"/nb/events/{page.event_id}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, address.split("/events")[0] + page.url)
    page.unpublish()
    assert client.get(f"/events/{page.event_id}/").status_code == 200


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_has_what_is_to_come_first_and_then_recordings(client: Client) -> None:
    later = live(webinar_event(days=9), title="Later")
    live(webinar_event(days=2), title="Sooner")
    held(days=-3, title="Recorded")
    live(webinar_event(days=-3), title="Awaited")
    live(webinar_event(status="cancelled"), title="Cancelled one")
    live(webinar_event(visibility="invited"), title="Invited only")
    html = client.get(later.get_parent().url).content.decode()
    assert html.index("Sooner") < html.index("Later") < html.index("Recorded")
    for absent in ("Awaited", "Cancelled one", "Invited only"):
        assert absent not in html


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    WebinarsPageFactory()
    assert "No webinar is planned just now" in client.get("/webinars/").content.decode()


def test_without_a_list_there_is_none(client: Client) -> None:
    HomePageFactory()
    assert client.get("/webinars/").status_code == 404


# --- What it costs ---------------------------------------------------------------------------------------------------


def beside(size: int) -> list[Any]:
    return [DocumentFactory() for _n in range(size)]


@pytest.mark.parametrize("size", [3, 30])
def test_a_page_costs_little(size: int, django_assert_max_num_queries: Any) -> None:
    """A stranger before and after, and somebody signed in whoever it is for. Places, times and fees are never old."""
    event, person = webinar_event(days=7), member()
    Invited.objects.create(event=event, user=person)
    page = held(size=size, event=event, documents=beside(size))

    def asked(client: Client, most: int) -> None:
        client.get(page.url)
        pages.clear()
        with django_assert_max_num_queries(most):
            assert client.get(page.url).status_code == 200

    asked(client_of(None), 8)
    over = event.ends_at + timedelta(minutes=1)
    with time_machine.travel(over, tick=False):
        keep_up()
        asked(client_of(None), 3)
        for visibility in ("everyone", "members", "invited"):
            Event.objects.filter(pk=event.pk).update(visibility=visibility)
            bump()
            asked(client_of(person), 15)


@pytest.mark.parametrize("size", [3, 30])
def test_the_list_costs_the_same_at_any_length(size: int, django_assert_max_num_queries: Any) -> None:
    many(WebinarsPageFactory(), size)
    client = client_of(member())
    client.get("/webinars/")
    bump()
    with django_assert_max_num_queries(32):  # everything there is to find is read anew
        answer = client.get("/webinars/")
    assert answer.context["found"].count == size
    with django_assert_max_num_queries(10):
        client.get("/webinars/")
