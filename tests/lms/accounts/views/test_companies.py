"""What a company says of itself, and choosing between two."""

import pytest
from django.test import Client

from lms.accounts.models import Company, Membership
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db
COMPANY = "/company/"


def test_facts_are_changed_and_a_wrong_one_comes_back_filled(admin: Membership) -> None:
    client = signed_in(admin)
    wrong = {"name": "New name", "kind": "hospital", "product_class": "", "stage": "", "website": "not an address"}
    page = client.post("/company/facts/", wrong)
    assert 'value="New name"' in page.text
    assert Company.objects.get().name == "Sensors AS"
    client.post("/company/facts/", wrong | {"website": "example.org", "organisation_number": "974760673"})
    company = Company.objects.get()
    assert (company.name, company.kind, company.website) == ("New name", "hospital", "https://example.org")
    assert company.organisation_number == "", "only what the form asks for is written"


def test_with_two_companies_one_chooses(admin: Membership) -> None:
    second = MembershipFactory(user=admin.user, company__name="Second AS")
    stranger = CompanyFactory()
    client = signed_in(admin)
    assert "<h1>Sensors AS" in client.get(COMPANY).text
    client.post(f"/company/choose/{second.company_id}/")
    assert "<h1>Second AS" in client.get(COMPANY).text
    assert client.post(f"/company/choose/{stranger.pk}/").status_code == 404
    assert "<h1>Second AS" in client.get(COMPANY).text


# --- Registering a company later -------------------------------------------------------------------------------------

SAID = {"company_name": "Sensors AB", "kind": "company", "country": "SE", "number": "556036-0793"}


def test_who_is_in_no_company_registers_one_and_only_once(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    assert "/company/register/" in client.get("/company/").text
    assert "Register your company" in client.get("/company/register/").text
    for _time in range(2):
        assert client.post("/company/register/", SAID)["Location"] == "/company/"
    company = Company.objects.get()
    assert (company.name, company.foreign_id) == ("Sensors AB", "556036-0793")
    assert Membership.objects.get(user=person).role == "admin"


def test_a_number_that_is_here_is_asked_to_let_them_in(client: Client) -> None:
    CompanyFactory(name="Here AB", country="SE", organisation_number="", foreign_id="556036-0793")
    person = UserFactory()
    client.force_login(person)
    client.post("/company/register/", SAID)
    assert Membership.objects.get(user=person).state == "asked"
    page = client.get("/company/").text
    assert "You asked on" in page
    assert "/company/register/" not in page


def test_a_wrong_number_is_said_at_its_field_and_all_is_kept(client: Client) -> None:
    client.force_login(UserFactory())
    page = client.post("/company/register/", {**SAID, "country": "NO", "number": "123456789"}).text
    assert 'value="Sensors AB"' in page
    assert 'aria-describedby="id_number' in page
    assert not Company.objects.exists()
