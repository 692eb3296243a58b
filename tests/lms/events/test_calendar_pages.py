"""The file of an event, the links to calendars, and the page where somebody makes an address of their own."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from lms.accounts.sessions import SessionStore
from lms.events.actions import calendar as actions
from lms.events.models import CalendarAddress, Event
from lms.events.views.panel import panel
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, person, registered
from tests.lms.events.reading import by_icalendar, by_vobject, statuses, titles

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def file_of(event: Event) -> str:
    return f"/events/{event.pk}/calendar.ics"


# --- An event's file -------------------------------------------------------------------------------------------------


def test_everybody_gets_the_file_of_a_public_event(client: Client) -> None:
    event = EventFactory(title="Who pays: Ænes?", visibility="everyone", place="Oslo", sequence=3)
    answer = client.get(file_of(event))
    one = by_icalendar(answer.content).events[0]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="who-pays-nes.ics"'
    assert (one["SUMMARY"], one["LOCATION"], one["SEQUENCE"]) == ("Who pays: Ænes?", "Oslo", 3)
    assert one["URL"] == f"{SITE}/events/{event.pk}/"
    assert event.owner.email.encode() not in answer.content
    assert client.get(file_of(event), headers={"if_none_match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("visibility", ["members", "clusters", "invited"])
def test_what_somebody_may_not_see_is_not_found(client: Client, visibility: str) -> None:
    assert client.get(file_of(EventFactory(visibility=visibility))).status_code == 404


def test_an_event_without_a_time_has_no_file(client: Client) -> None:
    assert client.get(file_of(EventFactory(visibility="everyone", sessions=[]))).status_code == 404


def test_the_file_of_a_cancelled_event_takes_it_out(client: Client) -> None:
    event = EventFactory(visibility="everyone", status="cancelled", cancelled_why="The speaker is ill.", sequence=2)
    content = client.get(file_of(event)).content
    assert by_vobject(content).method.value == "CANCEL"
    assert statuses(content) == ["CANCELLED"]
    assert b"The speaker is ill." in content


def test_somebody_registered_gets_their_own_sessions(client: Client) -> None:
    slot = {"starts_at": timezone.now() + timedelta(days=9), "ends_at": timezone.now() + timedelta(days=10)}
    event = EventFactory(title="Days", sessions=[{"title": name, "track": name, **slot} for name in "AB"])
    membership, colleague = MembershipFactory(), MembershipFactory()
    registered(event, person(membership.user, sessions=(event.sessions.get(title="B").pk,)), by=membership.user)
    client.force_login(membership.user)
    answer = client.get(file_of(event))
    assert titles(answer.content) == ["Days: B"]
    assert "private" in answer["Cache-Control"]
    client.force_login(colleague.user)
    assert titles(client.get(file_of(event)).content) == ["Days: A", "Days: B"]


def test_who_waits_is_told_so_in_the_file(client: Client) -> None:
    event, membership = EventFactory(title="Full", capacity=0), MembershipFactory()
    registered(event, person(membership.user), by=membership.user)
    client.force_login(membership.user)
    assert titles(client.get(file_of(event)).content) == ["(waiting list) Full"]


# --- Links -----------------------------------------------------------------------------------------------------------


def links(shown: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', shown)


def test_an_event_shows_where_to_add_it(client: Client) -> None:
    event = EventFactory(title='"><script>alert(1)</script>')
    request = RequestFactory().get("/")
    request.user, request.session = UserFactory(), SessionStore()
    shown = render_to_string("events/_calendar_links.html", panel(request, event), request)
    assert "<script>" not in shown
    file, google, outlook, own = links(shown)
    assert (file, own) == (file_of(event), "/me/calendar/")
    assert google.startswith("https://calendar.google.com/calendar/render?")
    assert outlook.startswith("https://outlook.office.com/calendar/0/deeplink/compose?")
    assert '"><script>alert(1)</script>' in unquote(google)
    event.status = "cancelled"
    assert links(render_to_string("events/_calendar_links.html", panel(request, event), request)) == [file_of(event)]


# --- One's own address -----------------------------------------------------------------------------------------------


def address_in(shown: str) -> str:
    """The address on the page, as somebody copies it."""
    return shown.partition("<textarea")[2].partition(">")[2].partition("<")[0]


@pytest.mark.parametrize("prefix", ["", "/nb"])
def test_an_address_is_made_shown_once_and_works(client: Client, prefix: str) -> None:
    client.force_login(UserFactory())
    assert "<textarea" not in client.get(f"{prefix}/me/calendar/").content.decode()
    made = client.post(f"{prefix}/me/calendar/make/")
    feed = address_in(made.content.decode())
    assert re.fullmatch(rf"{SITE}/calendar/[\w-]{{43}}\.ics", feed)
    assert f"webcal://{feed.removeprefix('http://')}" in links(made.content.decode())
    assert "no-store" in made["Cache-Control"]
    assert feed not in client.get(f"{prefix}/me/calendar/").content.decode()
    assert Client().get(feed.removeprefix(SITE)).status_code == 200


def test_the_page_says_when_it_was_used(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    token = actions.make_address(user)
    assert "Not yet" in client.get("/me/calendar/").content.decode()
    client.get(f"/calendar/{token}.ics")
    assert "Not yet" not in client.get("/me/calendar/").content.decode()


def test_it_is_taken_back_and_nobody_takes_back_anothers(client: Client) -> None:
    user = UserFactory()
    token = actions.make_address(user)
    client.force_login(UserFactory())
    client.post("/me/calendar/revoke/")
    client.post("/me/calendar/make/")
    assert Client().get(f"/calendar/{token}.ics").status_code == 200
    client.force_login(user)
    shown = client.post("/me/calendar/revoke/", follow=True).content.decode()
    assert "The address is taken back" in shown
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    assert CalendarAddress.objects.filter(user=user, revoked_at=None).count() == 0


@pytest.mark.parametrize("path", ["/me/calendar/", "/me/calendar/make/", "/me/calendar/revoke/"])
def test_it_is_for_those_who_are_signed_in(client: Client, path: str) -> None:
    answer: Any = client.get(path) if path == "/me/calendar/" else client.post(path)
    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_it_is_linked_from_ones_account(client: Client) -> None:
    client.force_login(UserFactory())
    assert 'href="/me/events/"' in client.get("/me/profile/").content.decode()
    assert 'href="/me/calendar/"' in client.get("/me/events/").content.decode()
