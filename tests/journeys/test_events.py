"""A workshop with two places: two colleagues, a third, a company in line; a place given up and taken; a day later."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import requests
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD
from tests.product import Person, Product

pytestmark = pytest.mark.browser

TITLE = "How a ward buys"
WHO = "Who from Kystlys AS?"
LEFT = "places of Kystlys AS left, counted over all its registrations."
MAKE = f"""
import json, uuid
from datetime import timedelta
from django.utils import timezone
from lms.accounts.models import User
from lms.events.models import Invited
from tests.factories.accounts import CompanyFactory, MembershipFactory
from tests.factories.events import EventFactory
def person(name, company, **fields):
    address = f"{{uuid.uuid4().hex}}@ny.example"
    return MembershipFactory(company=company, user__full_name=name, user__email=address, **fields).user.email
first, second = CompanyFactory(name="Kystlys AS"), CompanyFactory(name="Fjordvakt AS")
begins = (timezone.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
event = EventFactory(title="{TITLE}", owner=User.objects.get(email="advisor@demo.example"), visibility="invited",
    capacity=2, per_company=2, sessions=[{{"starts_at": begins, "ends_at": begins + timedelta(hours=2)}}])
for company in (first, second):
    Invited.objects.create(event=event, company=company)
print("MADE=" + json.dumps({{"event": event.pk, "admin": person("Signe Eksempel", first, admin=True),
    "colleague": person("Odd Eksempel", first), "other": person("Runa Eksempel", second, admin=True)}}))
"""
SEND_WHEN_DUE = """
from datetime import timedelta
import time_machine
from lms.notifications.actions import claim
from lms.notifications.models import Message
from lms.notifications.post import Post
for message in Message.objects.filter(kind="events.changed", subject="event:{event}:1"):
    with time_machine.travel(message.due + timedelta(seconds=1)), Post() as post:
        post.ready()
        post.deliver(claim(message.pk))
"""


@pytest.fixture
def made(product: Product) -> dict[str, Any]:
    """An event of the demo's advisor, and the addresses of three people of two companies that are invited."""
    found: dict[str, Any] = json.loads(product.manage("shell", "-v0", "-c", MAKE).rpartition("MADE=")[2])
    return found


def subscribed(page: Page) -> str:
    """The address of a person's own calendar, made now."""
    page.goto("/me/calendar/")
    page.get_by_role("button", name="Make my address").click()
    return page.get_by_label("Your own calendar address").input_value()


def entry(address: str) -> icalendar.Event:
    """The workshop in somebody's calendar."""
    answer = requests.get(address, timeout=20)
    assert answer.status_code == 200, answer.text
    (found,) = [one for one in icalendar.Calendar.from_ical(answer.content).events if TITLE in str(one["SUMMARY"])]
    return found


def wall_clock(event: icalendar.Event) -> datetime:
    """When it begins, as a clock shows it where it is held."""
    start: datetime = event.start
    return start.replace(tzinfo=None)


def test_two_colleagues_a_third_and_who_waits_and_a_day_later(
    product: Product, someone: Callable[..., Person], made: dict[str, Any]
) -> None:
    event = made["event"]
    admin, other = someone(None), someone(None)
    admin.sign_in(made["admin"], PASSWORD)
    other.sign_in(made["other"], PASSWORD)

    two_register_and_a_third_is_refused(admin, event)
    other.page.goto(f"/events/{event}/")
    other.page.get_by_role("link", name="Join the waiting list").click()
    other.page.get_by_role("button", name="Join the waiting list").click()
    panel = other.page.get_by_role("complementary", name="Your place")
    expect(panel).to_contain_text("You are number 1 in line.")

    admin.page.goto("/me/events/")
    admin.page.get_by_role("link", name="Change or cancel").click()
    admin.page.get_by_role("link", name="Give up your place").click()
    admin.page.get_by_role("button", name="Give it up").click()
    expect(admin.page.get_by_role("main")).to_contain_text("You have given up your place.")

    other.page.goto("/me/events/")
    expect(other.page.get_by_role("main")).to_contain_text("A place is free for you until")
    other.page.get_by_role("button", name="Take the place").click()
    expect(other.page.get_by_role("main")).to_contain_text("You have a place.")
    calendar = subscribed(other.page)
    before = entry(calendar)
    assert str(before["STATUS"]) == "CONFIRMED"

    advisor = someone("advisor")
    move_by_a_day(advisor.page)
    after = entry(calendar)
    assert wall_clock(after) - wall_clock(before) == timedelta(days=1)
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["UID"] == before["UID"]
    told_of_the_move(product, made)


def two_register_and_a_third_is_refused(admin: Person, event: int) -> None:
    """The third is asked for in a form that was opened before the two were registered."""
    page, later = admin.page, admin.context.new_page()
    for one in (page, later):
        one.goto(f"/events/{event}/")
        one.get_by_role("link", name="Register", exact=True).click()
        expect(one.get_by_role("group", name="Who from Kystlys AS?")).to_contain_text(
            "2 of 2 places of Kystlys AS left"
        )
    page.get_by_label("Odd Eksempel").check()
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("Registered: Signe Eksempel and Odd Eksempel.")).to_be_visible()
    expect(page.get_by_text("You have a place.")).to_be_visible()

    later.get_by_label("Signe Eksempel").uncheck()
    later.get_by_text("Colleagues without an account").click()
    row = later.get_by_role("group", name="Colleague 1")
    row.get_by_label("Name").fill("Tor Eksempel")
    row.get_by_label("E-mail").fill("tor@kystlys.example")
    later.get_by_role("button", name="Register", exact=True).click()
    refusal = "A company may send 2 people, counted over all its registrations. 0 more can be registered."
    people = later.get_by_role("group", name=WHO)
    expect(people.get_by_role("alert")).to_have_text(refusal)
    expect(people).to_have_accessible_description(
        f"0 of 2 places of Kystlys AS left, counted over all its registrations. {refusal}"
    )
    expect(row.get_by_label("Name")).to_have_value("Tor Eksempel")
    expect(row.get_by_label("E-mail")).to_have_value("tor@kystlys.example")
    later.close()


def move_by_a_day(page: Page) -> None:
    page.goto("/events/organise/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Change the event").click()
    page.get_by_role("link", name="Move by days").click()
    page.get_by_label("How many days later").fill("1")
    expect(page.get_by_role("main")).to_contain_text("2 people come, wait or have asked for a place")
    page.get_by_role("button", name="Move everything").click()
    expect(page.get_by_role("status").first).to_contain_text("It is moved.")


def told_of_the_move(product: Product, made: dict[str, Any]) -> None:
    """Those who come are owed mail, and nobody else; when it is due, it says what was and what is."""
    owed = product.rows(
        "SELECT u.email FROM notifications_message m JOIN accounts_user u ON u.id = m.recipient_id"
        " WHERE m.kind = 'events.changed' AND m.subject = ? AND m.state = 'owed'",
        f"event:{made['event']}:1",
    )
    assert sorted(address for (address,) in owed) == sorted([made["colleague"], made["other"]])
    product.manage("shell", "-v0", "-c", SEND_WHEN_DUE.format(event=made["event"]))
    for address in (made["colleague"], made["other"]):
        (letter,) = [one for one in product.letters(address) if str(one["Subject"]) == f"“{TITLE}” has changed"]
        body = letter.get_body(("plain",))
        assert body is not None
        assert "Your registration stays as it is." in body.get_content()
    assert not [one for one in product.letters(made["admin"]) if "has changed" in str(one["Subject"])]
