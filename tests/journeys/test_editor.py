"""An editor’s draft is nobody’s lesson until a moderator publishes it; then nobody loses a thing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import COURSE, start
from tests.product import Person, Product

pytestmark = pytest.mark.browser

LESSON = f"{COURSE}first-steps/choose-a-state/"
QUESTION = "Which of fifty states do we try first, and why that one?"


def editing(product: Product, page: Page) -> None:
    """Open the lesson in the editor."""
    ((page_id,),) = product.rows(
        "SELECT l.page_ptr_id FROM courses_lessonpage l JOIN wagtailcore_page p ON p.id = l.page_ptr_id"
        " WHERE p.slug = 'choose-a-state' AND p.live"
    )
    page.goto(f"/admin/pages/{page_id}/edit/")
    expect(page.get_by_label("Question", exact=False).first).to_be_visible()


def test_a_draft_waits_for_a_moderator(product: Product, someone: Callable[..., Person]) -> None:
    learner = someone("frode")
    start(learner.page)
    learner.page.get_by_role("button", name="Mark as done and go on").click()
    learner.page.goto(COURSE)
    progress = learner.page.locator(".action progress").get_attribute("value")
    assert progress == "1"

    editor = someone("editor")
    editing(product, editor.page)
    editor.page.locator("[name=question]").fill(QUESTION)
    editor.page.get_by_role("button", name="Save draft").click()
    expect(editor.page.locator(".messages")).to_contain_text("has been updated")
    editor.page.goto(editor.page.url.replace("/edit/", "/view_draft/"))
    expect(editor.page.get_by_role("main")).to_contain_text(QUESTION)

    learner.page.goto(LESSON)
    expect(learner.page.get_by_role("heading", level=1)).to_be_visible()
    expect(learner.page.get_by_role("main")).not_to_contain_text(QUESTION)

    moderator = someone("moderator")
    editing(product, moderator.page)
    expect(moderator.page.locator("[name=question]")).to_have_value(QUESTION)
    moderator.page.get_by_role("button", name="More actions").click()
    moderator.page.get_by_role("button", name="Publish", exact=True).click()
    expect(moderator.page.locator(".messages")).to_contain_text("published")

    learner.page.reload()
    expect(learner.page.get_by_role("main")).to_contain_text(QUESTION)
    learner.page.goto(COURSE)
    expect(learner.page.locator(".action progress")).to_have_attribute("value", progress)
