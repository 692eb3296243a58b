"""Two at once: joining, taking out, handing over, registering; with the lock and without."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import Atomic

from lms.accounts import actions
from lms.accounts.models import Company, Membership
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.lms.accounts.actions.test_invitations import invited, log_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: no row is locked, and SQLite's transactions begin without the write lock."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(Atomic, "__enter__", lambda block: None)
        monkeypatch.setattr(Atomic, "__exit__", lambda block, *error: None)


def accept_at_once(times: int, *, alone: bool = True) -> list[Any]:
    _admin, invitation, _token = invited()
    kari = UserFactory(email="kari@example.org")
    accept = partial(actions.accept, invitation, by=kari)
    return at_once(*[accept] * times, after='FROM "accounts_invitation"', alone=alone)


def test_fifty_parallel_accepts_make_one_membership() -> None:
    results = accept_at_once(50)
    assert len({membership.pk for membership in results}) == 1
    assert Membership.objects.filter(user__email="kari@example.org").count() == 1
    assert log_of("accounts.accept").count() == 1


def test_without_the_lock_more_than_one_accept_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    accept_at_once(2, alone=False)
    assert log_of("accounts.accept").count() > 1


def leave_at_once(*, alone: bool = True) -> None:
    """Two administrators take each other out."""
    company = CompanyFactory()
    one, two = (MembershipFactory(company=company, admin=True) for _ in range(2))
    at_once(
        lambda: actions.take_out(one, by=two.user),
        lambda: actions.take_out(two, by=one.user),
        after='"accounts_membership"."role" = ',
        alone=alone,
    )


def test_two_administrators_cannot_take_each_other_out() -> None:
    leave_at_once()
    assert Membership.objects.filter(role="admin", state="active").count() == 1


def test_without_the_lock_two_administrators_take_each_other_out(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    leave_at_once(alone=False)
    assert Membership.objects.filter(role="admin", state="active").count() == 0


def test_one_number_registered_twice_at_once_is_one_company_and_one_request() -> None:
    facts = {"name": "A", "kind": "company", "organisation_number": "974760673", "foreign_id": "", "country": "NO"}
    people = [UserFactory(), UserFactory()]
    registering = [lambda person=person: actions.register_company(person, facts) for person in people]
    at_once(*registering, after='FROM "accounts_company"')
    assert Company.objects.count() == 1
    assert sorted(Membership.objects.values_list("state", "role")) == [("active", "admin"), ("asked", "member")]


def hand_over_at_once(*, alone: bool = True) -> list[Any]:
    """An administrator hands over to two colleagues at once, as two open pages would."""
    admin = MembershipFactory(admin=True)
    one, two = (MembershipFactory(company=admin.company) for _ in range(2))
    handing = [lambda to=to: actions.hand_over(to, by=admin.user) for to in (one, two)]
    return at_once(*handing, after='"accounts_membership"."user_id" = %s', alone=alone)


def test_handing_over_to_two_at_once_makes_one_administrator() -> None:
    results = hand_over_at_once()
    assert Membership.objects.filter(role="admin").count() == 1
    assert sorted(type(result).__name__ for result in results) == ["Membership", "Refused"]


def test_without_the_lock_both_become_administrators(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    hand_over_at_once(alone=False)
    assert Membership.objects.filter(role="admin").count() == 2
