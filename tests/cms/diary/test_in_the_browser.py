"""The calendar as people use it: filters without a script and with one, by keyboard, on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory

MONTH = "/events/month/"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def events(transactional_db: None) -> None:
    """Today a webinar that goes on, a meeting in Oslo a day before and three days on, of which one is cancelled."""
    now, owner = timezone.now(), UserFactory()
    for kind, place, days, status in [
        ("webinar", "", 0, "tentative"),
        ("meeting", "Oslo", -1, "confirmed"),
        ("meeting", "Oslo", 3, "confirmed"),
        ("workshop", "Bergen", 3, "cancelled"),
    ]:
        begins = now + timedelta(days=days, minutes=-30)
        EventFactory(
            kind=kind,
            title=f"A {kind} on day {days}",
            place=place,
            status=status,
            owner=owner,
            visibility="everyone",
            capacity=12,
            sessions=[{"starts_at": begins, "ends_at": begins + timedelta(hours=1)}],
        )


def test_filters_work_without_a_script(browser: Browser, live_server: Any, events: None):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/events/")
    page.get_by_label("Oslo").check()
    page.get_by_role("button", name="Show the 3 that match").click()
    expect(page).to_have_url(f"{live_server.url}/events/?place=oslo")
    expect(page.get_by_role("heading", name="1 of 3")).to_be_visible()
    page.get_by_role("link", name="Past 1").click()
    expect(page).to_have_url(f"{live_server.url}/events/?when=past&place=oslo")
    expect(page.get_by_role("link", name="A meeting on day -1")).to_be_visible()


def test_with_a_script_the_list_and_its_tabs_follow_by_keyboard(page: Page, live_server: Any, events: None):
    page.goto(f"{live_server.url}/events/")
    page.get_by_label("Meeting").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="1 of 3")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/events/?kind=meeting")
    expect(page.get_by_label("Meeting")).to_be_focused()
    expect(page.get_by_role("link", name="Coming 1")).to_have_attribute("href", "/events/?kind=meeting")
    page.get_by_role("link", name="Month by month").press("Enter")
    expect(
        page.get_by_role("link", name="A meeting on day -1").or_(page.get_by_text("fits these")).first
    ).to_be_visible()
    expect(page.get_by_role("link", name="A webinar")).to_have_count(0)
    page.get_by_role("link", name="As a list").press("Enter")
    expect(page).to_have_url(f"{live_server.url}/events/?kind=meeting")


def test_on_a_phone_a_month_is_a_list_of_its_days(browser: Browser, live_server: Any, events: None):
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}{MONTH}")
    today = page.locator("td[aria-current=date]")
    expect(today).to_contain_text(f"{timezone.localtime():%A}")
    expect(today.get_by_text(f"{timezone.localtime():%A}")).to_be_visible()
    expect(page.locator("td.free:not([aria-current])").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(page.locator("td.free").first).to_be_visible()
    expect(page.get_by_role("columnheader", name="Monday")).to_be_visible()


def test_nothing_scrolls_sideways_or_complains(page: Page, live_server: Any, events: None):
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    for address in ("/events/", "/events/?place=oslo&kind=webinar", "/events/?when=past", MONTH):
        page.goto(f"{live_server.url}{address}")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert heard == []
