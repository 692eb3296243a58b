"""What scripts add to a lesson: drafts that survive, videos that wait, quizzes in place. Partly by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.models import WorksheetAnswer
from lms.accounts.models import User
from tests.courses.conftest import Learner, make_learner, signed_in_at
from tests.factories.accounts import PASSWORD, MembershipFactory
from tests.factories.courses import EnrolmentFactory, lessons_of, question, quiz, rewrite, worksheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILM = {
    "file": None,
    "embed": "https://youtu.be/abc_DEF-123",
    "title": "Film",
    "captions": None,
    "transcript": "",
    "credit": "",
}


@pytest.fixture
def learner(transactional_db: None) -> Learner:
    made = make_learner()
    video = {"type": "video", "value": FILM}
    rewrite(lessons_of(made.page)[0], video, quiz("first", [question(), question("q2")]), worksheet())
    return made


@pytest.fixture
def at_lesson(page: Page, live_server: Any, learner: Learner) -> Page:
    """The learner at the first lesson."""
    open_lesson(page, live_server.url, learner, learner.user)
    return page


def open_lesson(page: Page, address: str, learner: Learner, person: User) -> None:
    """The first lesson of the learner's course, in this person's browser."""
    signed_in_at(page.context, address, person)
    page.goto(f"{address}{learner.place(0).lesson.url}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lesson 1")


def again(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password", exact=True).press("Enter")


def test_a_video_elsewhere_waits_until_it_is_asked_for(at_lesson: Page) -> None:
    asked: list[str] = []
    at_lesson.route("https://**", lambda route: (asked.append(route.request.url), route.abort())[1])
    at_lesson.reload()
    expect(at_lesson.get_by_role("link", name="Play the video from YouTube")).to_be_visible()
    assert asked == []
    at_lesson.get_by_role("link", name="Play the video from YouTube").press("Enter")
    frame = at_lesson.locator("iframe")
    expect(frame).to_have_attribute("src", "https://www.youtube-nocookie.com/embed/abc_DEF-123")
    expect(frame).to_have_attribute("title", "Film")
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "")


def test_a_quiz_is_answered_in_place_by_keyboard(at_lesson: Page) -> None:
    first = at_lesson.locator("#quiz-first")
    first.get_by_label("Yes").first.focus()
    at_lesson.keyboard.press("Space")
    first.get_by_role("button", name="Check my answers").press("Enter")
    expect(first.get_by_text("Choose an answer.")).to_be_visible()
    expect(first.get_by_role("heading")).to_be_focused()
    expect(first.get_by_label("Yes").first).to_be_checked()
    first.get_by_label("No").last.check()
    first.get_by_role("button", name="Check my answers").press("Enter")
    expect(first.get_by_text("1 of 2 questions right: 50 %.")).to_be_visible()
    first.get_by_role("link", name="Try again").press("Enter")
    expect(first.get_by_label("Yes").first).not_to_be_checked()


def test_what_was_typed_survives_a_lost_session(at_lesson: Page, learner: Learner) -> None:
    box = at_lesson.get_by_label("What about the payer?")
    box.fill("The hospital, for 90 days.")
    at_lesson.context.clear_cookies(name="sessionid")
    at_lesson.get_by_role("button", name="Save", exact=True).click()
    expect(at_lesson.get_by_text("what you typed is kept in this browser")).to_be_visible()
    again(at_lesson, learner.user.email)
    expect(box).to_have_value("The hospital, for 90 days.")
    expect(at_lesson.get_by_text("Not sent yet")).to_be_visible()
    at_lesson.get_by_role("button", name="Save", exact=True).click()
    expect(at_lesson.get_by_text("Saved.", exact=True)).to_be_visible()
    at_lesson.reload()
    expect(at_lesson.get_by_text("Not sent yet")).to_have_count(0)
    assert WorksheetAnswer.objects.get().text == "The hospital, for 90 days."


def test_what_was_typed_before_the_scripts_came_survives_too(at_lesson: Page) -> None:
    held: list[Any] = []
    at_lesson.route("**/draft.js", lambda route: held.append(route))
    at_lesson.reload(wait_until="commit")
    at_lesson.get_by_label("What about the payer?").fill("Quick fingers.")
    held[0].continue_()
    at_lesson.wait_for_load_state("load")
    at_lesson.unroute("**/draft.js")
    at_lesson.reload()
    expect(at_lesson.get_by_label("What about the payer?")).to_have_value("Quick fingers.")
    expect(at_lesson.get_by_text("Not sent yet")).to_be_visible()


def test_a_draft_over_an_older_text_does_not_write_over_a_colleagues(
    at_lesson: Page, browser: Any, live_server: Any, learner: Learner
) -> None:
    at_lesson.get_by_label("What about the payer?").fill("Mine.")
    colleague = MembershipFactory(company=learner.company).user
    EnrolmentFactory(user=colleague, course=learner.page)
    theirs = browser.new_page()
    open_lesson(theirs, live_server.url, learner, colleague)
    theirs.get_by_label("What about the payer?").fill("Theirs.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.get_by_text("Saved.", exact=True)).to_be_visible()
    at_lesson.reload()
    expect(at_lesson.get_by_label("What about the payer?")).to_have_value("Mine.")
    at_lesson.get_by_role("button", name="Save", exact=True).click()
    expect(at_lesson.get_by_text("changed this while you were writing")).to_be_visible()
    at_lesson.get_by_label("Save mine").check()
    at_lesson.get_by_role("button", name="Save", exact=True).click()
    expect(at_lesson.get_by_text("Saved.", exact=True)).to_be_visible()
    answer = WorksheetAnswer.objects.get()
    assert (answer.text, answer.versions.get().text) == ("Mine.", "Theirs.")
    theirs.close()


def test_a_draft_is_only_for_the_one_who_typed(at_lesson: Page, live_server: Any, learner: Learner) -> None:
    at_lesson.get_by_label("What about the payer?").fill("For my eyes.")
    colleague = MembershipFactory(company=learner.company).user
    EnrolmentFactory(user=colleague, course=learner.page)
    at_lesson.context.clear_cookies()
    open_lesson(at_lesson, live_server.url, learner, colleague)
    expect(at_lesson.get_by_label("What about the payer?")).to_have_value("")


def test_one_comes_back_to_where_one_was(at_lesson: Page, learner: Learner) -> None:
    with at_lesson.expect_response("**/place/"):
        at_lesson.evaluate("document.getElementById('worksheet-sheet').scrollIntoView({behavior: 'instant'})")
        at_lesson.wait_for_function("scrollY > 0")
        at_lesson.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # as when the page is left
    at_lesson.goto(at_lesson.url.partition("/courses/")[0] + "/me/")
    at_lesson.get_by_role("link", name="Begin with lesson 1.1").click()
    expect(at_lesson).to_have_url(re.compile("#worksheet-sheet$"))
    expect(at_lesson.get_by_text("You were here")).to_be_in_viewport()
