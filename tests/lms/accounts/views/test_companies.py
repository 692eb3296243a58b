"""What a company says of itself, and choosing between two."""

import pytest

from lms.accounts.models import Company, Membership
from tests.factories.accounts import CompanyFactory, MembershipFactory
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
