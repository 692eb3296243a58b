"""A passkey, with a browser and a machine that has one: added, signed out, signed in with."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.courses import home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def machine(page: Page) -> None:
    """A fingerprint reader that always says yes."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **able}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in(page: Page, live_server: Any) -> None:
    home_page()
    UserFactory(email="kari@example.org", full_name="Kari Nordmann")
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    machine(page)
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/sign-in/")
    page.get_by_label("E-mail").fill("kari@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What to call it").fill("Work “laptop” <b>")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a file").click()
    assert len(saved.value.path().read_text().split()) == 10
    page.goto(f"{live_server.url}/accounts/sign-in/passkeys/add/")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("has a passkey for this account already")

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How you sign in")
    expect(page.get_by_role("link", name="Rename Work “laptop” <b>")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail").fill("kari@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("link", name="Kari Nordmann")).to_be_visible()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert broken == []
