"""Certificates in the editors' part: read by staff, revoked with a reason, and nothing else, whoever it is."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from certificates.models import Certificate
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(UserFactory(full_name="Demo Superuser", is_staff=True, is_superuser=True))
    return client


def test_the_list_leads_to_the_page_and_to_revoking(staff):
    certificate = CertificateFactory()
    listed = staff.get(reverse("certificate:index")).content.decode()
    assert certificate.statement.holder in listed
    assert certificate.get_absolute_url() in listed
    assert reverse("certificate:revoke", args=[certificate.pk]) in listed


def test_the_list_finds_a_holder(staff):
    wanted, other = CertificateFactory(holder__full_name="Kari Eksempel"), CertificateFactory()
    listed = staff.get(reverse("certificate:index"), {"q": "Eksempel"}).content.decode()
    assert str(wanted.pk) in listed
    assert str(other.pk) not in listed


def test_a_certificate_shows_all_it_states(staff):
    shown = staff.get(reverse("certificate:inspect", args=[CertificateFactory().pk])).content.decode()
    assert "Foundations of the US health market" in shown
    assert "usa-next-foundations" in shown


def test_revoking_asks_why_and_is_kept_with_who(staff):
    certificate = CertificateFactory()
    address = reverse("certificate:revoke", args=[certificate.pk])
    assert "This cannot be undone" in staff.get(address).content.decode()
    assert staff.post(address, {"reason": " "}).status_code == 200
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    assert staff.post(address, {"reason": "Issued with the wrong name."}).status_code == 302
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "Issued with the wrong name."
    history = staff.get(reverse("certificate:history", args=[certificate.pk])).content.decode()
    assert "Revoked" in history
    assert "Demo Superuser" in history


def test_what_is_revoked_is_not_offered_again(staff):
    certificate = CertificateFactory()
    address = reverse("certificate:revoke", args=[certificate.pk])
    staff.post(address, {"reason": "First."})
    staff.post(address, {"reason": "Second."})
    assert Certificate.objects.get().revoked_reason == "First."
    assert "First." in staff.get(address).content.decode()
    assert address not in staff.get(reverse("certificate:index")).content.decode()


@pytest.mark.parametrize("view", ["add", "edit", "delete", "copy"])
def test_there_is_no_way_to_make_change_or_delete_one_by_hand(view):
    with pytest.raises(NoReverseMatch):
        reverse(f"certificate:{view}", args=[] if view == "add" else [CertificateFactory().pk])
