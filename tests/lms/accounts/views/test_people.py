"""Answering, roles, handing over, leaving: who may, and what they read."""

import pytest
from django.test import Client

from lms.accounts import actions
from lms.accounts.models import Invitation, Membership
from tests.factories.accounts import MembershipFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db
COMPANY = "/company/"


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
    assert "You are in no company here." in response.text
    assert list(Membership.objects.filter(state="active").values_list("pk", "role")) == [(ask.pk, "admin")]


# --- Handing over and leaving ----------------------------------------------------------------------------------------


def test_handing_over_asks_once_more_and_looking_changes_nothing(admin: Membership) -> None:
    colleague = MembershipFactory(company=admin.company, user__full_name="Kari Nordmann")
    client, address = signed_in(admin), f"/company/people/{colleague.pk}/hand-over/"
    for method in ("get", "head"):
        assert getattr(client, method)(address).status_code == 200
    assert "Kari Nordmann becomes administrator of Sensors AS" in client.get(address).text
    assert Membership.objects.get(role="admin") == admin
    assert "You are a colleague." in client.post(address, follow=True).text
    assert Membership.objects.get(role="admin") == colleague
    assert client.post(address).url == COMPANY, "pressed a second time"
    assert client.get(address).status_code == 404


def test_nobody_else_hands_over(admin: Membership) -> None:
    colleague, third = (MembershipFactory(company=admin.company) for _ in range(2))
    other, gone = MembershipFactory(admin=True), MembershipFactory(company=admin.company, state="left")
    for whose, whom in [(colleague, third), (other, third), (admin, gone), (admin, other), (admin, admin)]:
        for method in ("get", "post"):
            answer = getattr(signed_in(whose), method)(f"/company/people/{whom.pk}/hand-over/")
            assert answer.status_code == 404, (whose, whom)
    assert set(Membership.objects.filter(role="admin")) == {admin, other}


def test_leaving_asks_once_more_and_looking_changes_nothing(admin: Membership) -> None:
    colleague = MembershipFactory(company=admin.company)
    client = signed_in(colleague)
    for method in ("get", "head"):
        assert getattr(client, method)("/company/leave/").status_code == 200
    assert Membership.objects.get(pk=colleague.pk).state == "active"
    assert "You have left Sensors AS." in client.post("/company/leave/", follow=True).text
    assert Membership.objects.get(pk=colleague.pk).state == "left"
    assert client.get("/company/leave/").status_code == 404


@pytest.mark.parametrize(
    ("colleagues", "says"), [(0, "Write to us to close it"), (1, "Hand over to a colleague first")]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_last_administrator_reads_what_to_do_first(
    admin: Membership, colleagues: int, says: str, method: str
) -> None:
    MembershipFactory.create_batch(colleagues, company=admin.company)
    page = getattr(signed_in(admin), method)("/company/leave/")
    assert page.text.count(says) == 1
    assert ">Leave</button>" not in page.text
    assert Membership.objects.get(pk=admin.pk).state == "active"
