"""What a browser makes of it: data for other programs that the policy lets stand, an address copied by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.cms import MasterclassesPageFactory, TopicFactory, masterclass

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any, transactional_db: None, settings: Any) -> str:
    settings.SITE_URL = live_server.url
    MasterclassesPageFactory.create(podcast_summary="What companies ask before they sell abroad, and who pays.")
    for n in range(3):
        masterclass(title=f"Who pays for a calm ward, part {n + 1}", topics=[TopicFactory()])
    url: str = live_server.url
    return url


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser says in its console, the policy's refusals among it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_structured_data_stands_under_the_policy(page: Page, site: str, complaints: list[str]) -> None:
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.log('refused ' + e.violatedDirective))"
    )
    page.goto(f"{site}/podcast/")
    data = page.locator("script[type='application/ld+json']")
    assert '"PodcastSeries"' in (data.text_content() or "")
    assert complaints == []
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.x = 1'}))")
    assert page.evaluate("window.x") is None
    assert any("refused script-src" in text for text in complaints)  # the policy is there, and says so when it refuses


def test_an_address_of_ones_own_is_made_and_copied_by_keyboard(page: Page, site: str, complaints: list[str]) -> None:
    person = UserFactory()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/podcast/")
    page.get_by_role("link", name="Sign in to get yours").press("Enter")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password", exact=True).press("Enter")
    page.get_by_role("button", name="Make my address").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("shown this once")
    page.get_by_role("button", name="Copy").press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = page.get_by_label("Your own address of the podcast").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.request.get(address).ok
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.get_by_text("You have no address yet")).to_be_visible()
    assert page.request.get(address).status == 404
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/podcast/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
