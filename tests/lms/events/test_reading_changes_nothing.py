"""Looking at a page of an event writes nothing, whoever looks and whatever is missing: a GET is asked by anybody's mail
scanner and prefetching browser."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.events.models import Event, FeedbackQuestion
from tests.factories.events import EventFactory, at, registration

pytestmark = pytest.mark.django_db
STARTS = at(2026, 5, 4, 8)
ORGANISER = ("check_in_code", "attendance", "feedback_results", "feedback_csv", "registrations", "notes")
WRITES = ("INSERT", "UPDATE", "DELETE")


def written(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in asked.captured_queries if one["sql"].lstrip().startswith(WRITES)]


@pytest.fixture
def event() -> Event:
    return EventFactory(
        sessions=[{"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}], link="https://m.example/"
    )


@pytest.mark.parametrize("page", ORGANISER)
def test_by_organisers(client: Client, event: Event, page: str) -> None:
    client.force_login(event.owner)
    with time_machine.travel(STARTS + timedelta(hours=2), tick=False):
        client.get("/me/")  # the session's own writing, if any
        assert written(client, reverse(f"events:{page}", args=[event.pk])) == []
    event.refresh_from_db()
    assert (event.check_in_code, FeedbackQuestion.objects.count()) == ("", 0)


@pytest.mark.parametrize(("page", "hours"), [("check_in", 0), ("feedback", 2), ("event", 0)])
def test_by_those_who_come(client: Client, event: Event, page: str, hours: int) -> None:
    one = registration(event, now=STARTS - timedelta(days=9))
    client.force_login(one.user)
    with time_machine.travel(STARTS + timedelta(hours=hours), tick=False):
        client.get("/me/")
        assert written(client, reverse(f"events:{page}", args=[event.pk])) == []


@pytest.mark.parametrize(("page", "hours"), [("join", 0), ("feedback_by_key", 2)])
def test_by_whoever_follows_a_personal_link(client: Client, event: Event, page: str, hours: int) -> None:
    one = registration(event, now=STARTS - timedelta(days=9))
    with time_machine.travel(STARTS + timedelta(hours=hours), tick=False):
        assert written(client, reverse(f"events:{page}", args=[one.join_key])) == []
