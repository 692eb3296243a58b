"""Registering in a real browser: two colleagues, by keyboard alone, on a telephone's width."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lms.events.models import Question, Registration
from tests.factories.accounts import PASSWORD, MembershipFactory
from tests.factories.events import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focus_by_tab(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; whoever cannot reach it by keyboard never does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def test_two_colleagues_are_registered_by_keyboard_at_390_pixels(page: Page, live_server: Any) -> None:
    mine = MembershipFactory(user__full_name="Kari Eksempel")
    colleague = MembershipFactory(company=mine.company, user__full_name="Ola Demo").user
    begins = timezone.now() + timedelta(days=5)
    event = EventFactory(
        capacity=9,
        per_company=2,
        sessions=[
            {"title": "Payers", "track": "A", "starts_at": begins},
            {"title": "Hospitals", "track": "B", "starts_at": begins},
        ],
    )
    question = Question.objects.create(event=event, text="What do you eat?", required=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/events/{event.pk}/register/")
    page.get_by_label("E-mail").fill(mine.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password", exact=True).press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Who comes?")
    expect(page.get_by_label("Kari Eksempel")).to_be_checked()
    focus_by_tab(page, f'[name="person"][value="{colleague.pk}"]')
    page.keyboard.press("Space")
    focus_by_tab(page, ".more-people > summary")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name").first).to_be_visible()
    focus_by_tab(page, "main button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sessions and questions")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    slot = event.sessions.order_by("track").first().pk
    for one, food in ((mine.user, "Fish"), (colleague, "Bread")):
        focus_by_tab(page, f'[name="d-u{one.pk}-slot{slot}"]')
        page.keyboard.press("ArrowDown")
        focus_by_tab(page, f'[name="d-u{one.pk}-q{question.pk}"]')
        page.keyboard.type(food)
    focus_by_tab(page, "main button[value=details]")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Registered: Kari Eksempel and Ola Demo.")).to_be_visible()
    expect(page.get_by_text("You have a place.")).to_be_visible()
    expect(page.get_by_text("You are in this track")).to_have_count(1)
    assert sorted(one.answers[str(question.pk)] for one in Registration.objects.all()) == ["Bread", "Fish"]
    assert [one.choices.get().session.title for one in Registration.objects.all()] == ["Payers", "Payers"]
