"""Asking, answering, roles, handing over, leaving: each rule, each refusal."""

from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from lms.accounts import actions
from lms.accounts.actions import Refused
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipState
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import WorksheetAnswerFactory

pytestmark = pytest.mark.django_db


def log_of(action: str) -> Any:
    return ModelLogEntry.objects.filter(action=action)


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


# --- Handing over and leaving ----------------------------------------------------------------------------------------


def test_handing_over_swaps_the_roles_once() -> None:
    admin = MembershipFactory(admin=True)
    colleague = MembershipFactory(company=admin.company)
    for _again in range(2):
        assert actions.hand_over(colleague, by=admin.user).role == "admin"
    assert dict(Membership.objects.values_list("pk", "role")) == {admin.pk: "member", colleague.pk: "admin"}
    assert log_of("accounts.hand_over").get().user == admin.user


@pytest.mark.parametrize("state", [state for state in MembershipState if state != "active"])
def test_nobody_hands_over_to_who_is_not_in_the_company(state: MembershipState) -> None:
    admin = MembershipFactory(admin=True)
    gone = MembershipFactory(company=admin.company, state=state)
    with pytest.raises(Refused, match="not in the company"):
        actions.hand_over(gone, by=admin.user)
    admin.refresh_from_db()
    assert admin.role == "admin"


def test_nobody_hands_over_to_a_closed_account_to_themselves_or_from_outside() -> None:
    admin = MembershipFactory(admin=True)
    closed = MembershipFactory(company=admin.company, user__is_active=False)
    colleague, third = (MembershipFactory(company=admin.company) for _ in range(2))
    other = MembershipFactory(admin=True)
    for successor, by, why in [
        (closed, admin, "closed"),
        (admin, admin, "a colleague"),
        (colleague, other, "same company"),
        (third, colleague, "do not administer"),
    ]:
        with pytest.raises(Refused, match=why):
            actions.hand_over(successor, by=by.user)
    assert list(Membership.objects.filter(role="admin").order_by("pk")) == [admin, other]


def test_leaving_keeps_what_was_written_and_is_done_once() -> None:
    admin = MembershipFactory(admin=True)
    colleague = MembershipFactory(company=admin.company)
    written = WorksheetAnswerFactory(company=admin.company, updated_by=colleague.user)
    for _again in range(2):
        assert actions.leave(colleague).state == "left"
    written.refresh_from_db()
    assert (written.company, written.updated_by) == (admin.company, colleague.user)
    assert log_of("accounts.leave").count() == 1


def test_the_last_administrator_hands_over_first_and_who_is_alone_writes_to_us() -> None:
    admin = MembershipFactory(admin=True)
    with pytest.raises(Refused, match="Write to us"):
        actions.leave(admin)
    colleague = MembershipFactory(company=admin.company)
    with pytest.raises(Refused, match="Hand over"):
        actions.leave(admin)
    actions.hand_over(colleague, by=admin.user)
    assert actions.leave(admin).state == "left"
    colleague.refresh_from_db()
    assert (colleague.state, colleague.role) == ("active", "admin")
