"""An advisor moves a company on, and is told what is missing before a move that is too early."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.product import Person

pytestmark = pytest.mark.browser

REASON = "They learned it all at a workshop in Bergen."


def test_a_company_is_moved_on(someone: Callable[..., Person]) -> None:
    """With plain forms; tests/quality/places.py goes the same way with htmx."""
    page = someone("advisor", script=False).page
    page.goto("/advisor/")
    page.get_by_role("link", name="Example Medtech AS").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Example Medtech AS")
    page.get_by_label("Drafting", exact=True).check()
    page.get_by_role("button", name="Move", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Nobody from the company has completed a course of this cohort yet.")
    expect(main).to_contain_text("write a reason")
    expect(page.get_by_label("Drafting", exact=True)).to_be_checked()
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Example Medtech AS is now at “Drafting”.")
    expect(page.locator(".stepper [aria-current]")).to_contain_text("Drafting")
    expect(page.get_by_role("region", name="History")).to_contain_text(REASON)

    own = someone("company").page
    own.goto(page.url)
    expect(own.get_by_role("main")).to_contain_text("Drafting")
    expect(own.get_by_role("main")).not_to_contain_text(REASON)
