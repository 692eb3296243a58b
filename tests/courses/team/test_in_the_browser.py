"""An administrator hands the company over in a real browser, and the successor finds the buttons."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.accounts.models import Membership
from tests.courses.conftest import signed_in_at
from tests.factories.accounts import MembershipFactory
from tests.factories.courses import home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_the_company(browser: Browser, live_server: Any, transactional_db: None) -> Callable[[Membership], Page]:
    """The company's page, in a browser of the person's own."""

    def open_it(membership: Membership) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
        page = signed_in_at(context, live_server.url, membership.user).new_page()
        page.goto("/company/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sensors AS")
        return page

    return open_it


def test_an_administrator_hands_over_and_the_successor_has_the_buttons(
    at_the_company: Callable[[Membership], Page],
) -> None:
    home_page()
    admin = MembershipFactory(admin=True, company__name="Sensors AS", user__full_name="Astri Admin")
    kari = MembershipFactory(company=admin.company, user__full_name="Kari Nordmann")
    hers, theirs = at_the_company(kari), at_the_company(admin)
    expect(hers.get_by_role("button", name="Send the invitation")).to_have_count(0)

    theirs.get_by_role("link", name="Kari Nordmann", exact=True).press("Enter")
    theirs.get_by_role("link", name="Hand over to them").press("Enter")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Hand over to Kari Nordmann")
    theirs.get_by_role("button", name="Hand over").press("Enter")
    expect(theirs.get_by_text("Kari Nordmann administers Sensors AS now.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Send the invitation")).to_have_count(0)

    hers.reload()
    expect(hers.get_by_role("button", name="Send the invitation")).to_be_visible()
    hers.get_by_role("link", name="Astri Admin", exact=True).press("Enter")
    expect(hers.get_by_role("button", name="Make administrator")).to_be_visible()
