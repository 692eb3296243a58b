"""Signing up: a company of one's own, a request to join, an invitation, and everything that may be typed wrong."""

import json
from email.message import Message as Parsed
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.accounts import actions
from lms.accounts.forms import SignupForm
from lms.accounts.models import Company, Membership, Registration, User
from lms.accounts.rules import MembershipRole, MembershipState
from tests.factories.accounts import PASSWORD, CompanyFactory, MembershipFactory, UserFactory
from tests.lms.accounts.signing_up import (
    CONFIRM,
    GOOD,
    NUMBER,
    SIGN_UP,
    confirm,
    error_at,
    filled,
    page_of,
    parsed,
    sign_up,
    value_of,
    values_of,
)

pytestmark = pytest.mark.django_db


def test_makes_a_company_with_the_person_as_administrator(client: Client) -> None:
    assert sign_up(client).url == CONFIRM
    assert not Company.objects.exists(), "nothing counts before the address is confirmed"
    response = confirm(client)
    assert response.url == reverse("courses:home")
    assert "Example Sensors AS is registered, and you are its administrator." in client.get(response.url).text
    membership = Membership.objects.get()
    assert (membership.user.email, membership.role, membership.state) == ("kari@example.org", "admin", "active")
    company = membership.company
    assert (company.name, company.organisation_number, company.country) == ("Example Sensors AS", NUMBER, "NO")
    assert not Registration.objects.exists()


def test_a_person_keeps_name_and_language(client: Client) -> None:
    client.post("/nb" + SIGN_UP, filled())
    person = User.objects.get()
    assert (person.full_name, person.language) == ("Kari Nordmann", "nb")
    assert "Kari" not in mail.outbox[0].subject


def test_a_number_that_is_here_asks_to_join_and_tells_nothing_of_the_company(client: Client) -> None:
    theirs = CompanyFactory(name="Secret Name AS", organisation_number=NUMBER)
    sign_up(client)
    confirm(client)
    membership = Membership.objects.get()
    assert (membership.company, membership.state, membership.role) == (
        theirs,
        MembershipState.ASKED,
        MembershipRole.MEMBER,
    )
    page = client.get("/company/")
    assert page.status_code == 200
    assert "Its administrators get a mail" in page.text
    assert NUMBER in page.text
    assert "Secret" not in page.text


def test_a_foreign_company_needs_no_number(client: Client) -> None:
    sign_up(client, country="SE", number="")
    confirm(client)
    assert Company.objects.get().country == "SE"


def test_a_foreign_number_is_found_again_however_it_is_typed(client: Client) -> None:
    theirs = CompanyFactory(country="SE", foreign_id="556703-7485A")
    sign_up(client, country="SE", number=" 556703-7485 a")
    confirm(client)
    assert Membership.objects.get().company == theirs


def test_joining_by_invitation_asks_for_no_company_and_no_code(client: Client) -> None:
    admin = MembershipFactory(admin=True)
    _invitation, token = actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    page = client.get(SIGN_UP, {"invitation": token})
    assert 'name="company_name"' not in page.text
    assert value_of(page, "email") == "kari@example.org"
    response = client.post(
        SIGN_UP,
        {"invitation": token, "full_name": "Kari", "password1": "correct horse battery", "email": "other@example.org"},
    )
    assert response.url == reverse("courses:home")
    person = User.objects.get(full_name="Kari")
    assert person.email == "kari@example.org", "the invited address, whatever is posted"
    assert Membership.objects.get(user=person).company == admin.company
    assert EmailAddress.objects.get(user=person).verified


def test_a_used_invitation_leads_to_the_sentence_about_it(client: Client) -> None:
    admin = MembershipFactory(admin=True)
    invitation, token = actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    actions.withdraw(invitation, by=admin.user)
    response = client.get(SIGN_UP, {"invitation": token}, follow=True)
    assert response.status_code == 410
    assert "withdrawn" in response.text


# --- What is typed wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("974760674", "do not fit together"),
        ("12345678", "nine digits"),
        ("", "Type the organisation number"),
    ],
)
def test_a_wrong_number_comes_back_filled_with_a_sentence(client: Client, number: str, says: str) -> None:
    response = sign_up(client, number=number)
    assert response.status_code == 200
    assert says in error_at(response, "number")
    for name in ("full_name", "email", "company_name"):
        assert value_of(response, name) == GOOD[name]
    assert (value_of(response, "number") or "") == number
    assert value_of(response, "password1") is None
    assert "Type the password again" in response.text
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("typed", ["974760673", " 974 760 673 ", "974\u00a0760\u00a0673", "９７４７６０６７３"])
def test_a_number_is_the_same_however_it_is_typed(client: Client, typed: str) -> None:
    sign_up(client, number=typed)
    assert Registration.objects.get().organisation_number == NUMBER


@pytest.mark.parametrize("bad", ["a\x00b", "a\tb", "a\nb", "a\r\nX-Evil: 1", "a\x1bb", "a\u2028b", "a\x7fb"])
@pytest.mark.parametrize("field", ["full_name", "company_name", "number"])
def test_control_characters_are_refused_with_a_sentence(client: Client, field: str, bad: str) -> None:
    response = sign_up(client, **{field: bad})
    assert "cannot be shown" in error_at(response, field)
    assert not User.objects.exists()


def test_a_name_nobody_can_see_is_refused(client: Client) -> None:
    assert "Nothing of this can be seen" in error_at(sign_up(client, full_name="\u200b\u200b"), "full_name")


def as_shown(text: str | None) -> str:
    """A browser reads a line break as \\n, and shows no NUL."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\ufffd", "\x00")


def assert_nothing_runs(page: Any) -> None:
    assert not [one for one in page.iter("script") if not one.get("src")]
    assert not [one for one in page.iter() if any(key.startswith("on") for key in one.attrib)]


def naughty(inputs: Path) -> list[str]:
    names: list[str] = json.loads((inputs / "hostile" / "blns.json").read_text())
    assert len(names) > 400
    return names


def test_hostile_names_come_back_as_typed_and_are_escaped_in_the_form(inputs: Path) -> None:
    names = naughty(inputs)
    forms = [SignupForm(filled(full_name=name, company_name=name, number="1")) for name in names]
    assert not [form.data["full_name"] for form in forms if form.is_valid()]
    fields = "".join(form[name].as_field_group() for form in forms for name in ("full_name", "company_name"))
    page = page_of(fields)
    for field in ("full_name", "company_name"):
        assert [as_shown(value) for value in values_of(page, field)] == [as_shown(name) for name in names]
    assert_nothing_runs(page)


@pytest.mark.parametrize("mark", ['"', "'", "<", "&", "\x00", "\n", "{", "%", "`", "\\", "$", "\u202e", "\U0001f469"])
def test_a_hostile_name_comes_back_as_typed_on_the_page(client: Client, inputs: Path, mark: str) -> None:
    """The longest that fits with each mark that may end what it stands in."""
    name = max((name for name in naughty(inputs) if mark in name and len(name) < 150), key=len, default=f"a{mark}b")
    response = sign_up(client, full_name=name, company_name=name, number="1")
    assert response.status_code == 200
    for field in ("full_name", "company_name"):
        assert as_shown(value_of(response, field)) == as_shown(name)
    assert_nothing_runs(parsed(response))


def test_hostile_names_that_are_kept_are_shown_escaped_to_colleagues(client: Client, inputs: Path) -> None:
    from lms.accounts.rules import is_one_line, is_visible

    names = [one.strip() for one in naughty(inputs) if is_one_line(one) and is_visible(one) and len(one.strip()) <= 150]
    admin = MembershipFactory(admin=True)
    people = [User(email=f"p{number}@example.org", full_name=name) for number, name in enumerate(names)]
    Membership.objects.bulk_create(
        Membership(user=user, company=admin.company) for user in User.objects.bulk_create(people)
    )
    client.force_login(admin.user)
    seen: list[str] = []
    for number in range(1, 2 + len(names) // 50):
        page = parsed(client.get("/company/", {"page": number}))
        assert not [one for one in page.iter("script") if not one.get("src")]
        assert not list(page.iter("img"))
        seen += ["".join(one.itertext()).strip() for name in ("a", "th", "b") for one in page.iter(name)]
    assert {" ".join(name.split()) for name in names} <= {" ".join(one.split()) for one in seen}


def test_injected_headers_do_no_harm(client: Client, inputs: Path) -> None:
    from email import message_from_bytes, policy

    for text in json.loads((inputs / "hostile" / "email-header-injection.json").read_text()):
        mail.outbox.clear()
        sign_up(client, email=text)
        sign_up(Client(), full_name=text, email="kari@example.org")
        Client().post("/accounts/password/reset/", {"email": text})
        for sent in mail.outbox:
            assert len(sent.to) == 1
            read: Parsed = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
            assert not read["Bcc"]
            assert not read["X-Evil"]
            assert len(read["To"].addresses) == 1, text  # type: ignore[attr-defined]
        User.objects.all().delete()


def test_an_open_redirect_is_not_followed(client: Client, inputs: Path) -> None:
    UserFactory(email="known@example.org")
    for address in json.loads((inputs / "hostile" / "open-redirect-django.json").read_text()):
        visitor = Client()
        response = visitor.post(
            "/accounts/login/", {"login": "known@example.org", "password": PASSWORD, "next": address}
        )
        assert response.url == reverse("courses:home"), address
        assert visitor.post("/accounts/logout/", {"next": address}).url == "/", address


def test_next_is_followed_on_this_site(client: Client) -> None:
    UserFactory(email="known@example.org")
    response = client.post(
        "/accounts/login/", {"login": "known@example.org", "password": PASSWORD, "next": "/company/?page=2"}
    )
    assert response.url == "/company/?page=2"


def test_next_is_followed_after_the_code(client: Client) -> None:
    sign_up(client, next="/company/")
    assert confirm(client).url == "/company/"
