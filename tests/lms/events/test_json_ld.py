"""An event as search engines read it: what schema.org and they require, and nothing that is not everybody's."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lms.events.json_ld import event_json_ld
from lms.events.models import Event, Fee
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, at

pytestmark = pytest.mark.django_db
URL = "https://landfall.example/events/1/"
WORKSHOP = {"title": "Work", "starts_at": at(2027, 5, 3, 7), "ends_at": at(2027, 5, 3, 9)}


def told(event: Event) -> dict[str, Any]:
    data = event_json_ld(event, list(event.sessions.all()), URL, fees=event.fees.all())
    return json.loads(json.dumps(data))


def test_what_is_required_is_there():
    """Name, startDate, a location with an address: developers.google.com/search/docs/appearance/structured-data/event;
    times in ISO 8601 with the offset, values of enumerations by their whole address, by schema.org/Event."""
    data = told(EventFactory(title="Who pays?", summary="In short.", place="Oslo", sessions=[WORKSHOP]))
    assert data["@type"] == "Event"
    assert data["name"] == "Who pays?"
    assert data["url"] == URL
    assert data["startDate"] == "2027-05-03T09:00:00+02:00"
    assert data["endDate"] == "2027-05-03T11:00:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert data["location"] == {"@type": "Place", "name": "Oslo", "address": "Oslo"}
    assert data["organizer"]["@type"] == "Organization"
    assert {"name", "url"} <= data["organizer"].keys()
    assert data["inLanguage"] == "en"
    assert "subEvent" not in data
    assert "maximumAttendeeCapacity" not in data


@pytest.mark.parametrize(
    ("fields", "mode", "kinds"),
    [
        ({"place": "Oslo"}, "Offline", ["Place"]),
        ({"link": "https://meet.example/secret"}, "Online", ["VirtualLocation"]),
        ({"kind": "webinar"}, "Online", ["VirtualLocation"]),
        ({"link": "https://meet.example/secret", "place": "Oslo"}, "Mixed", ["Place", "VirtualLocation"]),
        ({}, "Offline", ["Place"]),
    ],
)
def test_where_it_is(fields: dict[str, Any], mode: str, kinds: list[str]):
    data = told(EventFactory(sessions=[WORKSHOP], **fields))
    places = data["location"] if isinstance(data["location"], list) else [data["location"]]
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["@type"] for place in places] == kinds
    assert all(place.get("address") or place.get("url") == URL for place in places)
    assert "secret" not in json.dumps(data)


@pytest.mark.parametrize(
    ("status", "word"),
    [("tentative", "EventScheduled"), ("confirmed", "EventScheduled"), ("cancelled", "EventCancelled")],
)
def test_its_status(status: str, word: str):
    data = told(EventFactory(sessions=[WORKSHOP], status=status))
    assert data["eventStatus"] == f"https://schema.org/{word}"
    assert ("offers" in data) == (status != "cancelled")


def test_several_sessions_are_its_parts_and_a_day_without_a_time_is_a_day():
    event = EventFactory(
        time_zone="America/Chicago",
        place="Minneapolis",
        sessions=[
            {"title": "Opening", "starts_at": at(2027, 5, 31, 14)},
            {"title": "Evening", "starts_at": at(2027, 6, 1, 23, 30), "ends_at": at(2027, 6, 2, 2), "place": "House"},
            {"title": "Clinic", "starts_at": at(2027, 6, 2, 5), "time_known": False},
        ],
    )
    data = told(event)
    assert (data["startDate"], data["endDate"]) == ("2027-05-31T09:00:00-05:00", "2027-06-02")
    opening, evening, clinic = data["subEvent"]
    assert "endDate" not in opening
    assert opening["location"]["address"] == "Minneapolis"
    assert evening["startDate"] == "2027-06-01T18:30:00-05:00"
    assert evening["location"]["address"] == "House"
    assert clinic["startDate"] == "2027-06-02"


def test_the_offset_follows_the_clock_change():
    summer = {"starts_at": at(2027, 10, 30, 7), "ends_at": at(2027, 10, 31, 8)}
    data = told(EventFactory(sessions=[summer]))
    assert datetime.fromisoformat(data["startDate"]).utcoffset() != datetime.fromisoformat(data["endDate"]).utcoffset()


def test_fees_are_offers_in_kroner_and_the_rest_is_free():
    event = EventFactory(sessions=[WORKSHOP])
    assert [(one["price"], one["priceCurrency"]) for one in told(event)["offers"]] == [("0.00", "NOK")]
    Fee.objects.create(event=event, company_kind="company", amount=500_000)
    Fee.objects.create(event=event, company_kind="university", amount=1_05, each="person")
    assert [(one.get("name"), one["price"], one["url"]) for one in told(event)["offers"]] == [
        ("Company for each company", "5000.00", URL),
        ("University for each person", "1.05", URL),
        (None, "0.00", URL),
    ]
    Fee.objects.create(event=event, amount=100)
    assert [one["price"] for one in told(event)["offers"]] == ["1.00", "5000.00", "1.05"]


def test_without_a_date_nothing_is_told():
    assert told(EventFactory(sessions=[])) == {}


# --- On the event's plain page ---------------------------------------------------------------------------------------
def script(client: Client, event: Event) -> str:
    page = client.get(event.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return found[1] if found else ""


def test_the_plain_page_says_it_of_what_is_everybodys(client: Client, settings: Any):
    title = "</script><script>alert(1)"
    event = EventFactory(visibility="everyone", title=title, sessions=[WORKSHOP])
    data = json.loads(script(client, event))
    assert data["@context"] == "https://schema.org"
    assert data["@graph"][0]["name"] == title
    assert data["@graph"][0]["url"] == f"{settings.SITE_URL}/events/{event.pk}/"


@pytest.mark.parametrize("visibility", ["members", "clusters", "invited"])
def test_of_what_is_not_everybodys_nothing_is_said(client: Client, visibility: str):
    client.force_login(UserFactory(is_staff=True))
    assert script(client, EventFactory(visibility=visibility)) == ""


def test_of_what_has_no_date_nothing_is_said(client: Client):
    assert script(client, EventFactory(visibility="everyone", sessions=[])) == ""
