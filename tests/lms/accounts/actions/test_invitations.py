"""Inviting and joining: each rule, each refusal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.accounts import actions
from lms.accounts.actions import Refused
from lms.accounts.importing.actions.inviting import invitations
from lms.accounts.models import Invitation, Membership
from lms.accounts.rules import INVITATIONS_A_DAY, MembershipRole, MembershipState
from lms.core.tokens import digest
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def log_of(action: str) -> Any:
    return ModelLogEntry.objects.filter(action=action)


def invited(email: str = "kari@example.org", role: str = "member") -> tuple[Membership, Invitation, str]:
    admin = MembershipFactory(admin=True)
    invitation, token = actions.invite(admin.company, email=email, role=role, by=admin.user)
    return admin, invitation, token


def test_only_the_digest_of_the_token_is_kept() -> None:
    _admin, invitation, token = invited()
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert row["token_digest"] == digest(token)
    assert token not in str(row)
    assert not ModelLogEntry.objects.filter(data__icontains=token).exists()


def test_an_invitation_lasts_fourteen_days() -> None:
    with time_machine.travel(START, tick=False):
        _admin, invitation, _token = invited()
    kari = UserFactory(email="kari@example.org")
    with time_machine.travel(START + timedelta(days=14), tick=False), pytest.raises(Refused, match="14 days"):
        actions.accept(invitation, by=kari)
    with time_machine.travel(START + timedelta(days=14, seconds=-1), tick=False):
        assert actions.accept(invitation, by=kari).company == invitation.company


@pytest.mark.parametrize("role", ["member", "admin"])
def test_accepting_joins_once_with_the_role(role: str) -> None:
    _admin, invitation, _token = invited(role=role)
    kari = UserFactory(email="kari@example.org")
    first = actions.accept(invitation, by=kari)
    assert (first.role, first.state) == (role, "active")
    assert actions.accept(invitation, by=kari) == first, "the same person pressing again"
    assert log_of("accounts.accept").count() == 1


def test_an_invitation_serves_one_person_only() -> None:
    _admin, invitation, _token = invited()
    kari = UserFactory(email="kari@example.org")
    actions.accept(invitation, by=kari)
    with pytest.raises(Refused, match="has been used"):
        actions.accept(invitation, by=UserFactory())
    assert Membership.objects.filter(company=invitation.company).count() == 2


def test_a_withdrawn_one_and_another_address_are_refused() -> None:
    admin, invitation, _token = invited()
    with pytest.raises(Refused, match="another address"):
        actions.accept(invitation, by=UserFactory(email="ola@example.org"))
    actions.withdraw(invitation, by=admin.user)
    actions.withdraw(invitation, by=admin.user)
    assert log_of("accounts.withdraw").count() == 1
    with pytest.raises(Refused, match="withdrawn"):
        actions.accept(invitation, by=UserFactory(email="kari@example.org"))


def test_a_used_one_cannot_be_withdrawn() -> None:
    admin, invitation, _token = invited()
    actions.accept(invitation, by=UserFactory(email="kari@example.org"))
    with pytest.raises(Refused, match="joined already"):
        actions.withdraw(invitation, by=admin.user)


def test_inviting_again_replaces_the_earlier_one_after_a_minute() -> None:
    with time_machine.travel(START, tick=False):
        admin, first, _token = invited()
        with pytest.raises(Refused, match="a moment ago"):
            actions.invite(admin.company, email="KARI@example.org", role="member", by=admin.user)
    with time_machine.travel(START + timedelta(minutes=2), tick=False):
        second, _token = actions.invite(admin.company, email="KARI@example.org", role="member", by=admin.user)
        kari = UserFactory(email="kari@example.org")
        with pytest.raises(Refused, match="replaced"):
            actions.accept(first, by=kari)
        assert actions.accept(second, by=kari).user == kari


def test_nobody_is_invited_who_is_in() -> None:
    admin = MembershipFactory(admin=True)
    colleague = MembershipFactory(company=admin.company)
    with pytest.raises(Refused, match="already"):
        actions.invite(admin.company, email=colleague.user.email, role="member", by=admin.user)


def test_a_company_is_no_mass_mailer() -> None:
    admin = MembershipFactory(admin=True)
    people = [(admin.company, f"person{n}@example.com", MembershipRole.MEMBER) for n in range(INVITATIONS_A_DAY)]
    invitations(people, by=admin.user, now=timezone.now())
    with pytest.raises(Refused, match="tomorrow"):
        actions.invite(admin.company, email="one.more@example.com", role="member", by=admin.user)


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.DECLINED, MembershipState.LEFT])
def test_an_invitation_lets_in_who_asked_was_declined_or_left(state: MembershipState) -> None:
    _admin, invitation, _token = invited()
    before = MembershipFactory(user__email="kari@example.org", company=invitation.company, state=state)
    assert actions.accept(invitation, by=before.user) == before
    before.refresh_from_db()
    assert before.state == "active"
