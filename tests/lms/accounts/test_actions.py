"""Inviting, joining, asking, answering: each rule, each refusal, and two at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import Atomic
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.accounts import actions
from lms.accounts.actions import Refused
from lms.accounts.importing.actions.inviting import invitations
from lms.accounts.models import Company, Invitation, Membership, User
from lms.accounts.rules import INVITATIONS_A_DAY, MembershipRole, MembershipState
from lms.core.tokens import digest
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.races import Meeting, at_once

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def log_of(action: str) -> Any:
    return ModelLogEntry.objects.filter(action=action)


def invited(email: str = "kari@example.org", role: str = "member") -> tuple[Membership, Invitation, str]:
    admin = MembershipFactory(admin=True)
    invitation, token = actions.invite(admin.company, email=email, role=role, by=admin.user)
    return admin, invitation, token


# --- Inviting --------------------------------------------------------------------------------------------------------


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


def invite_all(admin: Membership, count: int) -> None:
    people = [(admin.company, f"person{number}@example.com", MembershipRole.MEMBER) for number in range(count)]
    invitations(people, by=admin.user, now=timezone.now())


def test_a_company_is_no_mass_mailer() -> None:
    admin = MembershipFactory(admin=True)
    invite_all(admin, INVITATIONS_A_DAY)
    with pytest.raises(Refused, match="tomorrow"):
        actions.invite(admin.company, email="one.more@example.com", role="member", by=admin.user)


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.DECLINED, MembershipState.LEFT])
def test_an_invitation_lets_in_who_asked_was_declined_or_left(state: MembershipState) -> None:
    _admin, invitation, _token = invited()
    before = MembershipFactory(user__email="kari@example.org", company=invitation.company, state=state)
    assert actions.accept(invitation, by=before.user) == before
    before.refresh_from_db()
    assert before.state == "active"


# --- Asking and answering --------------------------------------------------------------------------------------------


def test_asking_again_changes_nothing_whatever_the_answer() -> None:
    admin = MembershipFactory(admin=True)
    person = UserFactory()
    ask = actions.ask_to_join(person, admin.company)
    assert actions.ask_to_join(person, admin.company) == ask
    actions.answer(ask, let_in=False, by=admin.user)
    assert actions.ask_to_join(person, admin.company).state == "declined"
    assert log_of("accounts.ask").count() == 1


@pytest.mark.parametrize(("let_in", "state"), [(True, "active"), (False, "declined")])
def test_one_answer_counts(let_in: bool, state: str) -> None:
    admin = MembershipFactory(admin=True)
    ask = actions.ask_to_join(UserFactory(), admin.company)
    actions.answer(ask, let_in=let_in, by=admin.user)
    assert actions.answer(ask, let_in=let_in, by=admin.user).state == state
    with pytest.raises(Refused, match="answered already"):
        actions.answer(ask, let_in=not let_in, by=admin.user)
    assert log_of("accounts.answer").count() == 1


def test_a_company_keeps_an_administrator() -> None:
    admin = MembershipFactory(admin=True)
    MembershipFactory(company=admin.company, admin=True, user__is_active=False)
    for attempt in (
        lambda: actions.take_out(admin, by=admin.user),
        lambda: actions.change_role(admin, "member", by=admin.user),
    ):
        with pytest.raises(Refused, match="needs an administrator"):
            attempt()
    other = MembershipFactory(company=admin.company)
    actions.change_role(other, "admin", by=admin.user)
    actions.take_out(admin, by=other.user)
    admin.refresh_from_db()
    assert (admin.state, admin.role) == ("left", "member")
    with pytest.raises(Refused, match="not in the company"):
        actions.change_role(admin, "admin", by=other.user)


def test_facts_that_did_not_change_are_not_logged() -> None:
    company = CompanyFactory(name="A")
    actions.change_facts(company, {"name": "A"}, by=UserFactory())
    assert not log_of("accounts.facts").exists()
    actions.change_facts(company, {"name": "B", "website": ""}, by=UserFactory())
    assert log_of("accounts.facts").get().data == {"changed": ["name"]}


# --- Two at once -----------------------------------------------------------------------------------------------------


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: no row is locked, and SQLite's transactions begin without the write lock."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(Atomic, "__enter__", lambda block: None)
        monkeypatch.setattr(Atomic, "__exit__", lambda block, *error: None)


def accept_at_once(times: int, *, alone: bool = True) -> list[Any]:
    _admin, invitation, _token = invited()
    kari = UserFactory(email="kari@example.org")
    meeting = Meeting(after='FROM "accounts_invitation"', threads=2, alone=alone)

    def accept() -> Any:
        with meeting.here():
            return actions.accept(invitation, by=kari)

    return at_once(*[accept] * times)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_accepts_make_one_membership() -> None:
    results = accept_at_once(50)
    assert len({membership.pk for membership in results}) == 1
    assert Membership.objects.filter(user__email="kari@example.org").count() == 1
    assert log_of("accounts.accept").count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_than_one_accept_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    accept_at_once(2, alone=False)
    assert log_of("accounts.accept").count() > 1


def leave_at_once(*, alone: bool = True) -> None:
    """Two administrators take each other out."""
    company = CompanyFactory()
    one, two = (MembershipFactory(company=company, admin=True) for _ in range(2))
    meeting = Meeting(after='"accounts_membership"."role" = ', threads=2, alone=alone)

    def take_out(whom: Membership, by: User) -> Any:
        with meeting.here():
            return actions.take_out(whom, by=by)

    at_once(lambda: take_out(one, two.user), lambda: take_out(two, one.user))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_take_each_other_out() -> None:
    leave_at_once()
    assert Membership.objects.filter(role="admin", state="active").count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_administrators_take_each_other_out(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    leave_at_once(alone=False)
    assert Membership.objects.filter(role="admin", state="active").count() == 0


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_one_number_registered_twice_at_once_is_one_company_and_one_request() -> None:
    facts = {"name": "A", "kind": "company", "organisation_number": "974760673", "foreign_id": "", "country": "NO"}
    meeting = Meeting(after='FROM "accounts_company"', threads=2)

    def register(person: User) -> Any:
        with meeting.here():
            return actions.register_company(person, facts)

    people = [UserFactory(), UserFactory()]
    at_once(*[lambda person=person: register(person) for person in people])
    assert Company.objects.count() == 1
    assert sorted(Membership.objects.values_list("state", "role")) == [("active", "admin"), ("asked", "member")]
