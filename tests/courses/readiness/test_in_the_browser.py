"""Answering in a real browser: each answer is saved as it is given, and nothing that is being typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from courses.readiness.actions import Said, answer, start
from courses.readiness.models import Answer
from lms.accounts.models import Membership
from tests.courses.conftest import signed_in_at
from tests.factories.accounts import MembershipFactory
from tests.factories.readiness import edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "Note for your colleagues and advisor"


@pytest.fixture
def membership(transactional_db: None) -> Membership:
    edition(market=2, payer=1)
    membership: Membership = MembershipFactory(user__full_name="Kari Eksempel")
    start(membership.company, by=membership.user)
    return membership


@pytest.fixture
def at_topic(page: Page, live_server: Any, membership: Membership) -> Page:
    """The topic “market”, before anything is answered."""
    signed_in_at(page.context, live_server.url, membership.user)
    page.goto(f"{live_server.url}/readiness/topics/market/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Market")
    return page


def held_back(page: Page) -> list[Route]:
    """What the page sends from now on waits here until it is let go."""
    held: list[Route] = []
    page.route("**/readiness/topics/**", lambda route: held.append(route))
    return held


def let_go(page: Page, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute("**/readiness/topics/**")


def open_note(question: Locator) -> Locator:
    question.locator("summary").press("Enter")
    return question.get_by_label(NOTE)


def test_an_answer_is_saved_while_a_note_is_being_typed(at_topic: Page) -> None:
    one, two = at_topic.locator("#question-market-0"), at_topic.locator("#question-market-1")
    note, other = open_note(one), open_note(two)
    held = held_back(at_topic)
    with at_topic.expect_request("**/readiness/topics/market/"):
        one.get_by_label("market-0 is 3").press("Space")
    note.press_sequentially("We asked twelve wa")
    let_go(at_topic, held)
    expect(one.get_by_role("status")).to_contain_text("You saved this")
    expect(note).to_be_focused()
    note.press_sequentially("rds.")
    expect(note).to_have_value("We asked twelve wards.")
    assert Answer.objects.get().worth == 3
    with at_topic.expect_response("**/readiness/topics/market/"):
        note.press("Tab")
    other.press_sequentially("Not sent")
    expect(one.get_by_role("alert")).to_have_count(0)
    assert Answer.objects.get().note == "We asked twelve wards."
    expect(other).to_have_value("Not sent")


def test_a_note_and_then_an_answer_are_one_persons_and_no_conflict(at_topic: Page) -> None:
    """Leaving the note sends it; the answer that follows at once waits for its turn and its version."""
    one = at_topic.locator("#question-market-0")
    open_note(one).press_sequentially("Signed in May.")
    with at_topic.expect_response(lambda response: "market-0-worth=4" in (response.request.post_data or "")):
        one.get_by_text("market-0 is 4").click()
    expect(one.get_by_role("status")).to_contain_text("You saved this")
    expect(one.get_by_role("alert")).to_have_count(0)
    saved = Answer.objects.get()
    assert (saved.worth, saved.note) == (4, "Signed in May.")


def test_a_colleagues_answer_is_shown_beside_mine_and_only_a_choice_writes_over_it(
    at_topic: Page, membership: Membership
) -> None:
    one = at_topic.locator("#question-market-0")
    colleague = MembershipFactory(company=membership.company, user__full_name="Ola Demo")
    answer(start(membership.company, by=colleague.user), "market-0", Said(worth=5), by=colleague.user)
    note = open_note(one)
    note.press_sequentially("Only two of them.")
    with at_topic.expect_response(lambda response: "market-0-worth=2" in (response.request.post_data or "")):
        one.get_by_text("market-0 is 2").click()
    expect(one.get_by_role("alert")).to_contain_text("Ola Demo answered this while you were here.")
    expect(one.get_by_role("alert")).to_contain_text("market-0 is 5")
    expect(note).to_have_value("Only two of them.")
    assert Answer.objects.get().worth == 5
    one.get_by_label("Save mine").click()
    expect(one.get_by_role("status")).to_contain_text("You saved this")
    saved = Answer.objects.get()
    assert (saved.worth, saved.note) == (2, "Only two of them.")


def test_who_keeps_a_colleagues_answer_sees_it(at_topic: Page, membership: Membership) -> None:
    one = at_topic.locator("#question-market-0")
    colleague = MembershipFactory(company=membership.company, user__full_name="Ola Demo")
    answer(start(membership.company, by=colleague.user), "market-0", Said(worth=5, note="Signed."), by=colleague.user)
    one.get_by_text("market-0 is 2").click()
    one.get_by_label("Keep theirs").click()
    expect(one.get_by_label("market-0 is 5")).to_be_checked()
    expect(one.get_by_label(NOTE)).to_have_value("Signed.")
    expect(one.get_by_role("status")).to_contain_text("Ola Demo saved this")
    saved = Answer.objects.get()
    assert (saved.worth, saved.version) == (5, 1)
