"""The company's page, invitations as the invited see them, one's own details."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.accounts import actions
from lms.accounts.models import Company, Invitation, Membership
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
COMPANY = "/company/"


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, company__name="Sensors AS")


# --- Who sees what ---------------------------------------------------------------------------------------------------


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(COMPANY).url == "/accounts/login/?next=/company/"


@pytest.mark.parametrize("state", ["left", None])
def test_whoever_is_in_no_company_finds_no_page(client: Client, state: str | None) -> None:
    person = MembershipFactory(state=state).user if state else UserFactory()
    client.force_login(person)
    assert client.get(COMPANY).status_code == 404


@pytest.mark.parametrize(("state", "says"), [("asked", "You asked on"), ("declined", "did not let you in")])
def test_who_asked_reads_what_became_of_it_and_nothing_of_the_company(state: str, says: str) -> None:
    ask = MembershipFactory(state=state, company__name="Secret AS", company__organisation_number="974760673")
    page = signed_in(ask).get(COMPANY)
    assert says in page.text
    assert "Secret" not in page.text


def test_a_colleague_reads_and_finds_no_buttons(admin: Membership) -> None:
    colleague = MembershipFactory(company=admin.company)
    MembershipFactory(company=admin.company, state="asked", user__full_name="Ask Askesen")
    actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    page = signed_in(colleague).get(COMPANY).text
    assert admin.user.full_name in page
    for kept in (
        admin.user.email,
        "Ask Askesen",
        "kari@example.org",
        "/company/invite/",
        "/take-out/",
        "/company/facts/",
    ):
        assert kept not in page


def test_an_administrator_sees_people_requests_and_invitations(admin: Membership) -> None:
    MembershipFactory(company=admin.company, state="asked", user__full_name="Ask Askesen")
    MembershipFactory(company=admin.company, state="left", user__full_name="Gone Gonesen")
    actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    page = signed_in(admin).get(COMPANY).text
    for seen in ("Sensors AS", "Ask Askesen", "kari@example.org", admin.user.email):
        assert seen in page
    assert "Gone Gonesen" not in page


@pytest.fixture
def writes(admin: Membership) -> list[str]:
    """Every address that changes something of the administrator's company."""
    ask = MembershipFactory(company=admin.company, state="asked")
    colleague = MembershipFactory(company=admin.company)
    invitation, _token = actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    return [
        f"/company/asks/{ask.pk}/accept/",
        f"/company/asks/{ask.pk}/decline/",
        f"/company/people/{colleague.pk}/admin/",
        f"/company/people/{colleague.pk}/member/",
        f"/company/people/{colleague.pk}/take-out/",
        f"/company/invitations/{invitation.pk}/withdraw/",
    ]


def test_only_the_companys_administrators_write(admin: Membership, writes: list[str]) -> None:
    before = list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values())
    colleague, other = MembershipFactory(company=admin.company), MembershipFactory(admin=True)
    before = list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values())
    for address in [*writes, "/company/invite/", "/company/facts/"]:
        assert signed_in(colleague).post(address).status_code == 404, address
    for address in writes:
        assert signed_in(other).post(address).status_code == 404, address
        assert Client().post(address).status_code == 302, address
        assert signed_in(admin).get(address).status_code == 405, address
        assert signed_in(admin).head(address).status_code == 405, address
    assert before == (list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values()))


def test_the_administrators_buttons_work(admin: Membership) -> None:
    ask = MembershipFactory(company=admin.company, state="asked")
    client = signed_in(admin)
    response = client.post(f"/company/asks/{ask.pk}/accept/", follow=True)
    assert f"{ask.user} is in the company now." in response.text
    response = client.post(f"/company/asks/{ask.pk}/decline/", follow=True)
    assert "Someone else has answered already" in response.text
    client.post(f"/company/people/{ask.pk}/admin/")
    response = client.post(f"/company/people/{admin.pk}/take-out/", follow=True)
    assert response.status_code == 404, "out of it, and so is the page"
    assert list(Membership.objects.filter(state="active").values_list("pk", "role")) == [(ask.pk, "admin")]


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


@pytest.mark.parametrize("count", [3, 300])
def test_three_or_three_hundred_people_cost_the_same(
    admin: Membership, count: int, django_assert_num_queries: Any
) -> None:
    MembershipFactory.create_batch(count, company=admin.company, user__address=False)
    MembershipFactory.create_batch(3, company=admin.company, state="asked", user__address=False)
    client = signed_in(admin)
    client.get(COMPANY)
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(COMPANY)
    assert page.text.count("/take-out/") == min(49, count), "everyone on the page but oneself"


PAGE_QUERIES = 9
"""Session, person, membership, clusters, requests, invitations, people counted and read, the version of the content."""


# --- Inviting --------------------------------------------------------------------------------------------------------


def invite(client: Client, email: str = "kari@example.org") -> Any:
    return client.post("/company/invite/", {"email": email, "role": "member"}, follow=True)


def link(index: int = -1) -> str:
    body = str(mail.outbox[index].body)
    return next(line for line in body.splitlines() if "/invitations/" in line).removeprefix("http://localhost:8000")


def test_an_invited_colleague_gets_a_mail_with_a_link_that_works(admin: Membership, client: Client) -> None:
    page = invite(signed_in(admin))
    assert "kari@example.org is invited" in page.text
    assert mail.outbox[0].to == ["kari@example.org"]
    assert "Sensors AS" in mail.outbox[0].subject
    kari = UserFactory(email="kari@example.org")
    client.force_login(kari)
    for _ in range(3):
        assert client.get(link()).status_code == 200
        assert client.head(link()).status_code == 200
    assert not Membership.objects.filter(user=kari).exists(), "reading changes nothing"
    assert client.post(link()).status_code == 302
    assert Membership.objects.get(user=kari).company == admin.company
    assert client.get(link()).status_code == 410, "used"


@pytest.mark.parametrize("email", ["nonsense", "a@b.no\nBcc: c@d.no", ""])
def test_a_wrong_address_comes_back_with_a_sentence(admin: Membership, email: str) -> None:
    page = signed_in(admin).post("/company/invite/", {"email": email, "role": "member"})
    assert page.status_code == 200
    assert 'class="error"' in page.text
    assert not mail.outbox


def test_a_refusal_stands_at_the_field(admin: Membership) -> None:
    client = signed_in(admin)
    invite(client)
    page = client.post("/company/invite/", {"email": "kari@example.org", "role": "member"})
    assert "a moment ago" in page.text
    assert 'value="kari@example.org"' in page.text


def test_an_invitation_that_could_not_be_mailed_is_withdrawn(admin: Membership, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    page = invite(signed_in(admin))
    assert "nobody was invited" in page.text
    assert Invitation.objects.get().state == "withdrawn"


def test_a_signed_out_visitor_is_offered_both_ways_in(admin: Membership, client: Client) -> None:
    invite(signed_in(admin))
    page = client.get(link()).text
    token = link().split("/")[2]
    assert f"/accounts/signup/?invitation={token}" in page
    assert f"/accounts/login/?next=/invitations/{token}/" in page
    assert client.post(link()).status_code == 200
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, 410, "more than 14 days old"),
        ({"withdrawn_at": timezone.now()}, 410, "withdrawn or replaced"),
        ({"accepted_at": timezone.now()}, 410, "has been used"),
        ({"email": "ola@example.org"}, 200, "another address"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_unusable_invitation_has_its_sentence(
    admin: Membership, client: Client, change: dict[str, Any], status: int, says: str, method: str
) -> None:
    invite(signed_in(admin))
    Invitation.objects.update(**change)
    client.force_login(UserFactory(email="kari@example.org"))
    page = getattr(client, method)(link())
    assert page.status_code == status
    assert says in page.text
    assert "ola@example.org" not in page.text
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("token", ["nonsense", "x" * 500, "%00", "æøå"])
def test_an_unknown_link_has_its_sentence(client: Client, token: str) -> None:
    page = client.get(f"/invitations/{token}/")
    assert page.status_code == 404
    assert "copy the whole address" in page.text


# --- Oneself ---------------------------------------------------------------------------------------------------------


def test_the_profile_is_kept_and_a_wrong_one_comes_back(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    good = {
        "full_name": "Kari",
        "language": "nb",
        "time_zone": "America/Chicago",
        "is_superuser": "on",
        "email": "x@y.no",
    }
    page = client.post("/me/profile/", good | {"time_zone": "Nowhere/Nothing"})
    assert page.status_code == 200
    assert 'value="Kari"' in page.text
    client.post("/me/profile/", good)
    email = person.email
    person.refresh_from_db()
    assert (person.full_name, person.language, person.time_zone) == ("Kari", "nb", "America/Chicago")
    assert not person.is_superuser
    assert person.email == email
