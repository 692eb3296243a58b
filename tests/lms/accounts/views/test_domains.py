"""Opening a mail domain, and asking by one."""

import pytest
from django.test import Client

from lms.accounts import actions
from lms.accounts.models import MailDomain, Membership
from lms.notifications.reminders import owe_asks
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db
COMPANY, DOMAINS = "/company/", "/company/domains/"


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, company__name="Sensors AS", user__email="kari@sensors.example")


def test_an_administrator_chooses_among_their_own_domains(admin: Membership) -> None:
    client = signed_in(admin)
    assert ">sensors.example</option>" in client.get(DOMAINS).text
    assert not MailDomain.objects.exists()
    page = client.post(DOMAINS, {"domain": "sensors.example"}, follow=True)
    assert "People at sensors.example can ask to join now." in page.text
    domain = MailDomain.objects.get()
    address = f"/company/domains/{domain.pk}/remove/"
    assert client.get(address).status_code == 405
    assert client.post(address).url == DOMAINS
    assert not MailDomain.objects.exists()


@pytest.mark.parametrize("domain", ["other.example", "gmail.com", "", "æøå", "%", "x" * 5000])
def test_a_forged_domain_comes_back_with_a_sentence(admin: Membership, domain: str) -> None:
    page = signed_in(admin).post(DOMAINS, {"domain": domain})
    assert page.status_code == 200
    assert 'class="error"' in page.text
    assert not MailDomain.objects.exists()


def test_without_a_domain_of_ones_own_the_page_says_why() -> None:
    admin = MembershipFactory(admin=True, user__email="kari@gmail.com")
    page = signed_in(admin).get(DOMAINS).text
    assert "Addresses at providers where anybody gets one do not count." in page
    assert "<option" not in page


def test_only_administrators_open_and_close_domains(admin: Membership) -> None:
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    colleague, other = MembershipFactory(company=admin.company), MembershipFactory(admin=True)
    assert signed_in(colleague).get(DOMAINS).status_code == 404
    for whose in (colleague, other):
        assert signed_in(whose).post(f"/company/domains/{domain.pk}/remove/").status_code == 404
    assert MailDomain.objects.exists()


def test_who_has_an_address_there_is_told_asks_and_is_let_in(admin: Membership, client: Client) -> None:
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    person = UserFactory(email="ola@sensors.example", full_name="Ola Nordmann")
    client.force_login(person)
    address = f"/company/domains/{domain.pk}/ask/"
    assert "People at sensors.example can ask to join Sensors AS" in client.get(COMPANY).text
    assert [client.get(address).status_code, client.head(address).status_code] == [405, 405]
    assert not Membership.objects.filter(user=person).exists()
    for _again in range(2):
        page = client.post(address, follow=True)
    assert "to join Sensors AS" in page.text
    assert address not in page.text
    owe_asks()
    assert admin.user.messages.count() == 1
    signed_in(admin).post(f"/company/asks/{Membership.objects.get(user=person).pk}/accept/")
    assert "<h1>Sensors AS" in client.get(COMPANY).text


def test_nobody_else_learns_that_the_company_is_here(admin: Membership, client: Client) -> None:
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    for email, confirmed in [
        ("ola@other.example", True),
        ("ola@sensors.example", False),
        ("x@a.sensors.example", True),
    ]:
        client.force_login(UserFactory(email=email, address=confirmed))
        assert "Sensors AS" not in client.get(COMPANY).text
        assert client.post(f"/company/domains/{domain.pk}/ask/").status_code == 404
    assert Client().post(f"/company/domains/{domain.pk}/ask/").status_code == 302


def test_who_is_in_another_company_is_offered_it_too(admin: Membership) -> None:
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    elsewhere = MembershipFactory(user__email="ola@sensors.example")
    assert f"/company/domains/{domain.pk}/ask/" in signed_in(elsewhere).get(COMPANY).text
    assert f"/company/domains/{domain.pk}/ask/" not in signed_in(admin).get(COMPANY).text
