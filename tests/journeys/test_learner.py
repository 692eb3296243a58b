"""Learners who differ: keyboard alone, no scripts, in the dark, in Norwegian, in two windows, signed out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.learning import (
    COURSE,
    FIRST,
    PASSWORD,
    answer,
    asked_in,
    questions,
    reads,
    right_answers,
    sign_up,
    start,
)
from tests.product import PASSWORD as DEMO_PASSWORD
from tests.product import Person, Product

pytestmark = pytest.mark.browser

# Inside a player the browser draws the focus itself.
FOCUS = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
    return {
        text: (label || at.getAttribute("aria-label") || at.innerText || at.value || "").trim(),
        name: at.getAttribute("name") || "",
        ring: at.controls || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool], *, most: int = 120) -> None:
    """Press Tab until the focus is there; wherever it stops on the way, it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["ring"], f"no focus ring on {at}"
        assert at["seen"], f"the focus is out of sight on {at}"
        if wanted(at):
            return
    pytest.fail(f"{most} presses of Tab did not get there")


def tab_to_text(page: Page, text: str) -> None:
    tab_to(page, lambda at: at["text"].startswith(text))


def follow(page: Page, text: str, key: str = "Enter") -> None:
    """Tab to a link or button and press it; arrives on another page."""
    tab_to_text(page, text)
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_keyboard_is_enough(someone: Callable[..., Person]) -> None:
    page = someone("guro").page
    page.goto("/me/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Skip to the content"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.goto("/")
    follow(page, "Courses")
    follow(page, "USA Next: foundations")
    follow(page, "Start the course")
    expect(page).to_have_url(re.compile(FIRST))
    quiz = page.locator(".quiz").first
    for question in asked_in(quiz):
        tab_to(page, lambda at, name=f"answer-{question}": at["name"] == name)  # type: ignore[misc]
        choose_by_keyboard(page, quiz, question)
    tab_to_text(page, "Check my answers")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status").first).to_contain_text("Passed.")
    follow(page, "Mark as done", key="Space")
    expect(page).not_to_have_url(re.compile(FIRST))


def choose_by_keyboard(page: Page, quiz: Locator, question: str) -> None:
    """With the focus in a question, choose its right answers: arrows among radio buttons, Tab among boxes."""
    asked = questions()[question]
    right = right_answers(asked)
    options = quiz.locator(f'[name="answer-{question}"]')
    sort = options.first.get_attribute("type")
    if sort == "text":
        page.keyboard.type(right[0])
        return
    for place in range(options.count()):
        is_right = page.evaluate(FOCUS)["text"] in right
        if is_right:
            page.keyboard.press("Space")
        if sort == "radio" and is_right:
            return
        if place + 1 < options.count():
            page.keyboard.press("ArrowDown" if sort == "radio" else "Tab")


def test_without_scripts(product: Product, someone: Callable[..., Person]) -> None:
    person = someone(None, script=False)
    address = sign_up(product, person, name="Uten Skript")
    person.context.clear_cookies()
    person.page.goto(COURSE)
    person.page.get_by_role("main").get_by_role("link", name="Sign in").click()
    person.page.get_by_label("E-mail").fill(address)
    person.page.get_by_label("Password").fill(PASSWORD)
    person.page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    person.page.wait_for_url(f"**{COURSE}")
    person.page.get_by_role("button", name="Start the course").click()
    answer(person.page.locator(".quiz").first)
    person.page.get_by_role("button", name="Check my answers").click()
    expect(person.page.locator(".quiz").first.get_by_role("status").first).to_contain_text("Passed.")
    person.page.get_by_role("button", name="Mark as done and go on").click()
    person.page.goto("/me/")
    reads(person.page, re.compile(r"1 of \d+ lessons"))


def test_light_or_dark_is_remembered(someone: Callable[..., Person]) -> None:
    page = someone(None).page
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != light
    page.goto("/courses/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == light


def test_norwegian_is_a_language_here(someone: Callable[..., Person]) -> None:
    page = someone(None).page
    page.goto("/courses/")
    page.get_by_role("contentinfo").get_by_role("link", name="Norsk").click()
    page.wait_for_url("**/nb/courses/")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(page.locator(".site-header").get_by_role("link", name="Logg inn")).to_be_visible()
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    page.wait_for_url("**/courses/")
    expect(page.locator(".site-header").get_by_role("link", name="Sign in")).to_be_visible()


def test_two_windows_are_one_attempt(product: Product, someone: Callable[..., Person]) -> None:
    """The same form sent twice, as a double click or a second window does, is graded once."""
    person = someone("ingrid", script=False)
    start(person.page)
    quiz = person.page.locator(".quiz").first
    answer(quiz)
    sent = quiz.locator("form").evaluate("form => [...new FormData(form)]")
    action = quiz.locator("form").get_attribute("action")
    person.page.get_by_role("button", name="Check my answers").click()
    expect(quiz.get_by_role("status").first).to_contain_text("Passed.")
    again = person.context.request.post(f"{product.url}{action}", form=dict(sent), headers={"Referer": product.url})
    assert again.ok
    assert product.rows(
        "SELECT count(*) FROM courses_quizattempt a JOIN courses_enrolment e ON e.id = a.enrolment_id"
        " JOIN accounts_user u ON u.id = e.user_id WHERE u.email = 'ingrid@demo.example'"
    ) == [(1,)]


def test_what_was_typed_survives_the_session(someone: Callable[..., Person]) -> None:
    person = someone("dag")
    start(person.page)
    page, typed = person.page, "Minnesota: the clinic in Rochester would answer."
    sheet = page.locator("section[id^=worksheet-]").first
    sheet.locator("textarea").first.fill(typed)
    person.context.clear_cookies(name="sessionid")
    sheet.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail").fill("dag@demo.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{FIRST}")
    expect(sheet.locator("textarea").first).to_have_value(typed)
    reads(page, "Not sent yet")
    sheet.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("section[id^=worksheet-]").first.get_by_role("status").first).to_contain_text("Saved")
