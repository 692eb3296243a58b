"""In a real browser: a learner shows what they know, the advisor accepts it, the learner starts the course."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.accounts.models import User
from tests.courses.conftest import signed_in_at
from tests.factories.accounts import MembershipFactory
from tests.factories.courses import make_course
from tests.factories.evidence import TEXT, advisor_of, later

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(browser: Browser, address: str, user: User, path: str) -> Page:
    page = signed_in_at(browser.new_context(), address, user).new_page()
    page.goto(f"{address}{path}")
    return page


def test_a_learner_sends_evidence_the_advisor_accepts_and_the_course_starts(
    browser: Browser, live_server: Any, transactional_db: None, tmp_path: Path
) -> None:
    member = MembershipFactory(user__full_name="Kari Eksempel")
    course = later(make_course(1, 1, title="Foundations"), title="Building the case")
    advisor = advisor_of(member.company)
    proof = tmp_path / "proof.txt"
    proof.write_text("Five years in Boston.")

    learner = signed_in(browser, live_server.url, member.user, f"/courses/{course.slug}/")
    learner.get_by_role("link", name="Show what you know already").click()
    learner.get_by_label("What you know already").fill(TEXT)
    learner.get_by_label("A file that shows it").set_input_files(proof)
    learner.get_by_role("button", name="Send it to an advisor").click()
    expect(learner.get_by_text("With an advisor")).to_be_visible()

    desk = signed_in(browser, live_server.url, advisor, "/advisor/")
    desk.get_by_role("link", name="1 person waits for your answer").click()
    desk.get_by_role("link", name="Kari Eksempel").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="proof.txt").click()
    assert Path(download.value.path()).read_text() == "Five years in Boston."
    desk.get_by_role("button", name="Accept: the course is open").click()
    expect(desk.get_by_text("Accepted. The course is open to Kari Eksempel")).to_be_visible()

    learner.reload()
    learner.get_by_role("link", name="To the course").click()
    expect(learner.get_by_text("Open to you: your evidence was accepted on")).to_be_visible()
    learner.get_by_role("button", name="Start the course").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Lesson 1")
