"""Inviting, and invitations as the invited see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.accounts.models import Invitation, Membership
from tests.factories.accounts import UserFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db


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
