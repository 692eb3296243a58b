"""What only a browser can say: theme, menu, messages, keyboard, and the error pages in both themes."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, menu_item
from tests.product import THEMES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEME = "document.documentElement.dataset.theme"
COLOUR = "getComputedStyle(document.body).color"
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
HTML = {"content_type": "text/html"}


@pytest.fixture
def _site() -> None:
    home = HomePageFactory.create()
    menu_item(page=StandardPageFactory.create(parent=home, slug="about", title="About"))


@pytest.mark.usefixtures("_site")
def test_the_system_decides_until_somebody_chooses_and_that_is_there_before_the_page_is(
    page: Page, live_server: Any
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(live_server.url)
    dark = page.evaluate(COLOUR)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(COLOUR) != dark
    assert page.evaluate(THEME) is None
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(COLOUR) == dark
    page.route("**/landfall.js", lambda route: route.abort())  # the module is not what puts it there
    page.goto(f"{live_server.url}/about/")
    assert page.evaluate(THEME) == "dark"
    assert page.evaluate(COLOUR) == dark


@pytest.mark.usefixtures("_site")
def test_the_keyboard_comes_to_the_content_first_and_nothing_is_wider_than_the_window(
    page: Page, live_server: Any
) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    for address in ("/", "/about/", "/nowhere/"):
        page.goto(live_server.url + address)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.usefixtures("_site")
def test_on_a_phone_the_menu_opens_without_script(browser: Browser, live_server: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    about = page.get_by_role("navigation", name="Main").get_by_role("link", name="About")
    expect(about).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(about).to_be_visible()
    expect(page.locator("[data-switch-theme]")).to_be_hidden()  # it would do nothing
    context.close()


@pytest.mark.usefixtures("_site")
def test_a_message_can_be_put_away(page: Page, live_server: Any) -> None:
    person = UserFactory.create()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{live_server.url}/about/")
    page.get_by_role("button", name="Sign out").click()
    toast = page.locator("[data-toast]").first
    expect(toast).to_be_visible()
    toast.get_by_role("button", name="Close").click()
    expect(page.locator("[data-toast]")).to_have_count(0)


@pytest.mark.usefixtures("_site")
def test_error_pages_can_be_read_by_everybody(page: Page, live_server: Any, rf: RequestFactory) -> None:
    request = rf.get("/nowhere/")
    request.user = UserFactory.build()
    bodies = {name: render_to_string(name, request=request) for name in ERRORS}
    page.route("**/*.html", lambda route: route.fulfill(body=bodies[route.request.url.rpartition("/")[2]], **HTML))
    for name in ERRORS:
        page.goto(f"{live_server.url}/{name}")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found = Axe().run(page)
            assert found.violations_count == 0, f"{name} {theme}: {found.generate_report()}"
