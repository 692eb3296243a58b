"""A founder finds the front page, asks a colleague in and sees with them where they stand; their path follows."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import PASSWORD, reads, register
from tests.product import Person, Product

pytestmark = pytest.mark.browser


def topics(page: Page) -> list[str]:
    """The addresses of the topics, in order."""
    page.goto("/readiness/")
    links = page.get_by_role("main").get_by_role("table").get_by_role("link")
    expect(links.first).to_be_visible()
    found: list[str] = links.evaluate_all("all => all.map(one => one.pathname)")
    return found


def found_company(product: Product, founder: Person) -> str:
    """From the front page to a company of one's own; its name."""
    page = founder.page
    page.goto("/")
    page.locator(".site-header").get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Register your company").click()
    register(product, founder, name="Astri Eksempel")
    page.get_by_role("link", name=re.compile("Kystvakt .* AS")).first.click()
    return page.get_by_role("heading", level=1).inner_text()


def invite(product: Product, founder: Person, colleague: Person) -> None:
    """The founder invites; the colleague follows the link in the mail and is in."""
    address = f"brage.{uuid4().hex[:10]}@ny.example"
    founder.page.get_by_label("E-mail").fill(address)
    founder.page.get_by_role("button", name="Send the invitation").click()
    expect(founder.page.get_by_text(f"{address} is invited")).to_be_visible()
    (letter,) = product.until(lambda: product.letters(address), within=15, what="the invitation is mailed")
    body = letter.get_body(("plain",))
    assert body is not None
    (link,) = re.findall(r"http://\S+/invitations/\S+/", body.get_content())
    page = colleague.page
    page.goto(link)
    page.get_by_role("link", name="Register and join").click()
    page.get_by_label("Your name").fill("Brage Eksempel")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Brage")


def answer_one(page: Page, worth: int) -> int:
    """Answer the first question of the topic that is open; it is saved by itself."""
    question = page.locator("section[id^=question-]").first
    question.get_by_role("radio").nth(worth - 1).check()
    expect(question.get_by_role("status")).to_contain_text("You saved this")
    return 1


def answer_by_keyboard(page: Page) -> int:
    """Answer every question of the topic without a mouse: Tab from one to the next, an arrow key for the answer."""
    number = page.locator("section[id^=question-]").count()
    for at in range(1, number + 1):
        reach(page, f"section[id^=question-]:nth-of-type({at}) input[type=radio]")
        page.keyboard.press("ArrowDown")
    reach(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    return number


def reach(page: Page, selector: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def test_a_founder_and_a_colleague_make_one_report_and_have_a_path(
    product: Product, someone: Callable[..., Person]
) -> None:
    one, two = someone(None), someone(None, width=390)
    company = found_company(product, one)
    invite(product, one, two)

    one.page.goto("/me/")
    one.page.get_by_role("link", name="How ready you are").click()
    one.page.get_by_role("button", name="Begin").press("Enter")
    expect(one.page.get_by_role("button", name="Save and go on")).to_be_visible()
    addresses = topics(one.page)
    half, answered = len(addresses) // 2, 0
    for address in addresses[half:]:
        one.page.goto(address)
        answered += answer_one(one.page, 2)
    two.page.goto(addresses[0])
    answered += answer_by_keyboard(two.page)
    for address in addresses[1:half]:
        two.page.wait_for_url(f"**{address}")
        answered += answer_one(two.page, 4)
        two.page.get_by_role("button", name="Save and go on").press("Enter")
    two.page.wait_for_url(f"**{addresses[half]}")
    expect(two.page.get_by_text("Astri Eksempel saved this").first).to_be_visible()

    two.page.goto("/readiness/")
    so_far = re.compile(rf"{answered} of \d\d questions")
    reads(two.page, re.compile(f"{so_far.pattern} answered for {company}."))
    two.page.get_by_text("Make the report", exact=True).press("Enter")
    two.page.get_by_role("button", name="Close and make the report").press("Enter")
    expect(two.page.get_by_role("region", name="Scores by topic")).to_be_visible()

    one.page.goto("/readiness/")
    one.page.get_by_role("region", name="Reports").get_by_role("link").press("Enter")
    for reader in (one.page, two.page):
        reads(reader, so_far)
        reads(reader, "answered by Astri Eksempel, Brage Eksempel")
        expect(reader.get_by_role("region", name="Next steps").get_by_role("heading", level=3)).to_have_count(3)
        expect(reader.get_by_role("region", name="Your path").get_by_role("listitem").first).to_be_visible()
    assert one.page.url == two.page.url
    first = one.page.get_by_role("region", name="Your path").get_by_role("heading", level=3).first.inner_text()
    one.page.get_by_role("link", name="The whole path").press("Enter")
    one.page.wait_for_url("**/path/")
    expect(one.page.get_by_role("main").get_by_role("listitem").first).to_contain_text(first)
    two.page.goto(addresses[0])  # a closed one is not answered any more
    expect(two.page.get_by_role("button", name="Take it again")).to_be_visible()
