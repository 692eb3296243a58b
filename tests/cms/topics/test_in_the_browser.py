"""Filtering as people do it: without a script, with htmx, by keyboard, on a phone; address and focus right."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cms.findable import Item
from tests.cms.topics.conftest import item
from tests.factories.cms import TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def library(transactional_db: None, shelf: list[Item]) -> None:
    """25 documents of foundation, two reports that go deeper."""
    topic = TopicFactory.create(slug="rules", title="Rules")
    under = frozenset({topic.pk})
    shelf += [item(f"d{n:02}", level=1, topics=under) for n in range(25)]
    shelf += [item("r1", "report", level=2, topics=under), item("r2", "report", level=2, language="nb")]


def status(page: Page) -> Any:
    return page.get_by_role("status").filter(has_text="entries")


def test_without_a_script_the_form_gives_the_same_shareable_address(browser: Browser, live_server: Any, library: None):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/library/")
    page.get_by_label("Report").check()
    page.get_by_role("button", name="Show the 27 that match").click()
    expect(page).to_have_url(f"{live_server.url}/library/?kind=report")
    expect(page.get_by_role("heading", name="2 of 27")).to_be_visible()
    page.get_by_role("link", name="Report remove").click()
    expect(page).to_have_url(f"{live_server.url}/library/")
    expect(page.get_by_role("heading", name="27 entries")).to_be_visible()


def test_with_a_script_the_list_follows_by_keyboard_and_is_told(page: Page, live_server: Any, library: None):
    page.goto(f"{live_server.url}/library/")
    told = status(page).element_handle()
    page.get_by_label("Report").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="2 of 27")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/library/?kind=report")
    expect(page.get_by_label("Report")).to_be_focused()
    expect(status(page)).to_have_text("2 of 27 entries")
    assert told is not None
    assert told.evaluate("region => region.isConnected"), "a region that was replaced is not announced"
    page.get_by_label("Norwegian").press("Space")
    expect(page.get_by_role("heading", name="1 of 27")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/library/?kind=report&language=nb")
    page.go_back()
    expect(page.get_by_role("heading", name="2 of 27")).to_be_visible()
    expect(page.get_by_label("Report")).to_be_checked()
    expect(page.get_by_label("Norwegian")).not_to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", name="27 entries")).to_be_visible()
    expect(page.get_by_label("Report")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_label("Report")).to_be_checked()


def test_chips_and_pages_bring_the_focus_to_the_list(page: Page, live_server: Any, library: None):
    page.goto(f"{live_server.url}/library/?level=foundation&kind=document")
    page.get_by_role("link", name="Page 2").press("Enter")
    expect(page).to_have_url(f"{live_server.url}/library/?kind=document&level=foundation&page=2")
    expect(page.get_by_role("heading", name="25 of 27")).to_be_focused()
    expect(page.locator("#results .entries > li")).to_have_count(5)
    page.get_by_role("link", name="Foundation remove").press("Enter")
    expect(page).to_have_url(f"{live_server.url}/library/?kind=document")
    expect(page.get_by_role("heading", name="25 of 27")).to_be_focused()
    expect(page.get_by_label("Foundation")).not_to_be_checked()
    expect(page.get_by_role("link", name="Title of d24")).to_be_visible()


def test_on_a_phone_the_filters_fold_and_stay_open_while_choosing(browser: Browser, live_server: Any, library: None):
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/library/")
    expect(page.get_by_label("Report")).to_be_hidden()
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Report").check()
    expect(page.get_by_role("button", name="Show the 2 that match")).to_be_visible()
    page.get_by_label("English").check()
    page.get_by_role("button", name="Show the 1 that matches").click()
    expect(page.get_by_label("Report")).to_be_hidden()
    expect(page.get_by_role("button", name="Filter 2 chosen")).to_be_visible()
    expect(page.get_by_role("heading", name="1 of 27")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
