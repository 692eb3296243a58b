"""Mail domains: whose may be opened, and who may ask by them."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from wagtail.models import ModelLogEntry

from lms.accounts import actions, selectors
from lms.accounts.actions import Refused
from lms.accounts.models import MailDomain, Membership
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def log_of(action: str) -> Any:
    return ModelLogEntry.objects.filter(action=action)


def at(domain: str, **about: Any) -> Membership:
    """An administrator with an address there."""
    return MembershipFactory(admin=True, user__email=f"kari@{domain}", **about)


def test_an_administrator_opens_their_own_domain_once() -> None:
    admin = at("sensors.example")
    for typed in ("sensors.example", "SENSORS.example"):
        assert actions.add_domain(admin.company, typed, by=admin.user).domain == "sensors.example"
    assert MailDomain.objects.get().added_by == admin.user
    assert log_of("accounts.add_domain").count() == 1


@pytest.mark.parametrize("domain", ["other.example", "ensors.example", "a.sensors.example", "%", "", "example"])
def test_a_domain_without_an_address_of_ones_own_is_refused(domain: str) -> None:
    admin = at("sensors.example")
    with pytest.raises(Refused, match="no confirmed address"):
        actions.add_domain(admin.company, domain, by=admin.user)
    assert not MailDomain.objects.exists()


def test_an_address_that_is_not_confirmed_opens_nothing() -> None:
    admin = at("sensors.example", user__address=False)
    with pytest.raises(Refused, match="no confirmed address"):
        actions.add_domain(admin.company, "sensors.example", by=admin.user)


@pytest.mark.parametrize("domain", ["gmail.com", "online.no", "HOTMAIL.no", "yahoo.co.uk"])
def test_a_public_mail_provider_is_refused(domain: str) -> None:
    admin = at(domain.lower())
    assert selectors.verified_domains(admin.user) == []
    with pytest.raises(Refused, match="Anybody can get"):
        actions.add_domain(admin.company, domain, by=admin.user)


def test_removing_twice_is_logged_once_and_who_asked_stays() -> None:
    admin = at("sensors.example")
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    ask = actions.ask_at_domain(UserFactory(email="ola@sensors.example"), domain)
    for _again in range(2):
        actions.remove_domain(domain, by=admin.user)
    assert log_of("accounts.remove_domain").count() == 1
    ask.refresh_from_db()
    assert ask.state == "asked"


def test_asking_is_for_confirmed_addresses_there_and_happens_once() -> None:
    admin = at("sensors.example")
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    insider = UserFactory(email="ola@sensors.example")
    for _again in range(2):
        assert actions.ask_at_domain(insider, domain).state == "asked"
    assert log_of("accounts.ask").count() == 1
    for stranger in (
        UserFactory(email="ola@notsensors.example"),
        UserFactory(email="ola@mail.sensors.example"),
        UserFactory(email="liv@sensors.example", address=False),
    ):
        assert selectors.reach_of(stranger) == []
        with pytest.raises(Refused, match="no longer takes"):
            actions.ask_at_domain(stranger, domain)
    actions.remove_domain(domain, by=admin.user)
    with pytest.raises(Refused, match="no longer takes"):
        actions.ask_at_domain(UserFactory(email="per@sensors.example"), domain)


def test_a_second_confirmed_address_reaches_too_in_any_case() -> None:
    admin = at("sensors.example")
    domain = actions.add_domain(admin.company, "sensors.example", by=admin.user)
    person = UserFactory(email="ola@gmail.com")
    second = EmailAddress.objects.create(user=person, email="Ola@Sensors.example", verified=False)
    assert selectors.reach_of(person) == []
    EmailAddress.objects.filter(pk=second.pk).update(verified=True)
    [reach] = selectors.reach_of(person)
    assert (reach.domain, reach.domain.company, reach.is_open) == (domain, admin.company, True)
    actions.ask_at_domain(person, domain)
    assert not selectors.reach_of(person)[0].is_open
