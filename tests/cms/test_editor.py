"""The editors' part in a real browser: it works, and breaks no rule of its own policy."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.cms import StandardPageFactory, menu_item, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_writes_previews_and_publishes(page: Page, live_server: Any) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    about = StandardPageFactory.create(slug="about", title="About", body=texts("First words"))
    menu_item(page=about)
    editor = UserFactory.create(is_staff=True, is_superuser=True)

    page.goto(f"{live_server.url}/admin/pages/{about.pk}/edit/")
    page.get_by_label("E-mail").fill(editor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    body = page.locator("textarea[name='body-0-value']")
    body.fill("Second words")
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("iframe.w-preview__iframe").last.get_by_text("Second words")).to_be_visible()

    visitor = page.context.browser.new_page()  # type: ignore[union-attr]
    visitor.goto(f"{live_server.url}/about/")
    expect(visitor.get_by_text("First words")).to_be_visible()

    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("has been published").or_(page.get_by_text("published."))).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("Second words")).to_be_visible()

    page.goto(f"{live_server.url}/admin/settings/cms/sitesettings/1/")
    page.get_by_role("button", name="Add menu item").click()  # an inline script of Wagtail's adds the form
    expect(page.locator("input[name='menu_items-1-address']")).to_be_visible()
    assert complaints == []
