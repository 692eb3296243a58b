"""Two colleagues answer the demo's questionnaire, each a half of it; one closes it; both read what to do next."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD
from tests.product import Person, Product

pytestmark = pytest.mark.browser

MAKE = """
import json, uuid
from tests.factories.accounts import CompanyFactory, MembershipFactory
company = CompanyFactory(name="Havbris AS", product_class="non_regulatory", stage="idea")
made = [MembershipFactory(company=company, user__full_name=name, user__email=f"{uuid.uuid4().hex}@ny.example")
    for name in ("Astri Eksempel", "Brage Eksempel")]
print("MADE=" + json.dumps([one.user.email for one in made]))
"""


def topics(page: Page) -> list[str]:
    """The addresses of the topics, in order."""
    page.goto("/readiness/")
    links = page.get_by_role("main").get_by_role("table").get_by_role("link")
    expect(links.first).to_be_visible()
    found: list[str] = links.evaluate_all("all => all.map(one => one.pathname)")
    return found


def answer_topic(page: Page, worth: int) -> int:
    """Answer every question of the topic that is open; each is saved by itself. How many there were."""
    questions = page.locator("section[id^=question-]").all()
    for question in questions:
        question.get_by_role("radio").nth(worth - 1).check()
    for question in questions:
        expect(question.get_by_role("status")).to_contain_text("You saved this")
    return len(questions)


def answer_by_keyboard(page: Page) -> int:
    """As `answer_topic`, without a mouse: Tab from question to question, an arrow key for the answer."""
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


def test_two_colleagues_make_one_report(product: Product, someone: Callable[..., Person]) -> None:
    made: list[Any] = json.loads(product.manage("shell", "-v0", "-c", MAKE).rpartition("MADE=")[2])
    one, two = someone(None), someone(None, width=390)
    one.sign_in(made[0], PASSWORD)
    two.sign_in(made[1], PASSWORD)

    one.page.goto("/readiness/")
    one.page.get_by_role("button", name="Begin").press("Enter")
    expect(one.page.get_by_role("button", name="Save and go on")).to_be_visible()
    addresses = topics(one.page)
    half, asked = len(addresses) // 2, 0
    for address in reversed(addresses[half:]):
        one.page.goto(address)
        asked += answer_topic(one.page, 2)
    two.page.goto(addresses[0])
    asked += answer_by_keyboard(two.page)
    for address in addresses[1:half]:
        two.page.wait_for_url(f"**{address}")
        asked += answer_topic(two.page, 4)
        two.page.get_by_role("button", name="Save and go on").press("Enter")
    two.page.wait_for_url(f"**{addresses[half]}")
    expect(two.page.get_by_text("Astri Eksempel saved this").first).to_be_visible()

    two.page.goto("/readiness/")
    expect(two.page.get_by_role("main")).to_contain_text(f"{asked} of {asked} questions answered for Havbris AS.")
    two.page.get_by_text("Make the report", exact=True).press("Enter")
    two.page.get_by_role("button", name="Close and make the report").press("Enter")
    expect(two.page.get_by_role("region", name="Scores by topic")).to_be_visible()

    one.page.goto("/readiness/")
    one.page.get_by_role("region", name="Reports").get_by_role("link").press("Enter")
    for reader in (one.page, two.page):
        expect(reader.get_by_role("main")).to_contain_text(f"{asked} of {asked} questions")
        expect(reader.get_by_role("main")).to_contain_text("answered by Astri Eksempel, Brage Eksempel")
        steps = reader.get_by_role("region", name="Next steps").get_by_role("heading", level=3)
        expect(steps).to_have_count(3)
    assert one.page.url == two.page.url
    two.page.goto(addresses[0])  # a closed one is not answered any more
    expect(two.page.get_by_role("button", name="Take it again")).to_be_visible()
