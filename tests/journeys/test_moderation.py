"""An editor finishes a masterclass; the moderator of its topic asks for a change, then lets it out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.product import Person, Product

pytestmark = pytest.mark.browser

MAKE = """
from cms.models import HomePage, MasterclassesPage, Topic
from lms.accounts.models import User
from tests.factories.cms import MasterclassesPageFactory, masterclass
editor = User.objects.get(email="editor@demo.example")
topic, _made = Topic.objects.get_or_create(
    slug="moderated", defaults={"title": "Moderated", "summary": "What one learns here."}
)
topic.moderators.set([User.objects.get(email="moderator@demo.example")])
parent = MasterclassesPage.objects.filter(locale__language_code="en").first()
parent = parent or MasterclassesPageFactory(parent=HomePage.objects.get(locale__language_code="en"))
page = masterclass(parent, topics=[topic], publish=False, title="Who decides?", slug="who-decides", owner=editor)
print(f"PAGE={page.pk}")
"""


def open_draft(product: Product, page: Page, pk: int) -> None:
    page.goto(f"/admin/pages/{pk}/edit/")
    expect(page.locator("[name=summary]")).to_be_visible()


def act(page: Page, button: str) -> None:
    """Press a button of the editor's foot, behind “More actions” where it is not the first."""
    if not page.get_by_role("button", name=button, exact=True).is_visible():
        page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name=button, exact=True).click()


def letter_about(product: Product, to: str, words: str) -> str:
    def arrived() -> str | None:
        ours = [one for one in product.letters(to) if "Who decides?" in str(one["Subject"])]
        texts = (letter.get_body(("plain",)) for letter in ours if words in str(letter["Subject"]))
        return next((text.get_content() for text in texts if text is not None), None)

    product.manage("send_due")  # as the cluster does, without waiting for its minute
    return product.until(arrived, within=150, what=f"a mail to {to} about {words}")


def asked(product: Product) -> list[str]:
    """The subjects of what the moderator was asked about this page."""
    subjects = [str(letter["Subject"]) for letter in product.letters("moderator@demo.example")]
    return [subject for subject in subjects if "Who decides?" in subject]


def test_a_moderator_asks_for_a_change_and_then_lets_it_out(product: Product, someone: Callable[..., Person]) -> None:
    pk = int(product.manage("shell", "-v0", "-c", MAKE).rpartition("PAGE=")[2])

    editor = someone("editor")
    open_draft(product, editor.page, pk)
    act(editor.page, "Submit to Publishing")
    expect(editor.page.locator(".messages")).to_contain_text("submitted for moderation")
    said = letter_about(product, "moderator@demo.example", "waits for your decision")
    assert "Who decides?" in said
    assert f"/admin/pages/{pk}/edit/" in said

    moderator = someone("moderator")
    moderator.page.goto("/admin/")
    moderator.page.locator("#waiting-section").get_by_role("link", name="Who decides?").click()
    expect(moderator.page.locator("[name=summary]")).to_be_visible()
    act(moderator.page, "Ask for changes")
    dialog = moderator.page.get_by_role("dialog")
    dialog.locator("textarea").fill("Say which ward.")
    with moderator.page.expect_navigation():  # decided by then; sent too early, the mail would wait for the cluster
        dialog.get_by_role("button", name="Ask for changes").click()
    assert "Say which ward." in letter_about(product, "editor@demo.example", "needs changes")

    editor.page.goto("/admin/")
    drafts = editor.page.locator("#drafts-section")
    expect(drafts).to_contain_text("Say which ward.")
    drafts.get_by_role("link", name="Who decides?").click()
    editor.page.locator("[name=summary]").fill("Ward 7 decides.")
    act(editor.page, "Resubmit to The topic's moderators")
    expect(editor.page.locator(".messages")).to_contain_text("submitted for moderation")

    product.manage("send_due")
    product.until(lambda: len(asked(product)) == 2, within=150, what="the moderator is asked again")
    open_draft(product, moderator.page, pk)
    with moderator.page.expect_navigation():
        act(moderator.page, "Approve and Publish")
    letter_about(product, "editor@demo.example", "is published")
    ((live, summary),) = product.rows(
        "SELECT p.live, m.summary FROM cms_masterclasspage m JOIN wagtailcore_page p ON p.id = m.page_ptr_id"
        " WHERE p.id = ?",
        pk,
    )
    assert (live, summary) == (1, "Ward 7 decides.")
    assert len(asked(product)) == 2
