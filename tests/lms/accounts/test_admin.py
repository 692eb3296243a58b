"""People, companies and clusters in Wagtail's admin."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from lms.accounts.models import Cluster, ClusterMembership, Company, User
from tests.factories.accounts import ClusterFactory, CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "Kari Nordmann", "email": "Kari@Example.org", "language": "nb", "time_zone": "Europe/Oslo"}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True, full_name="Super User"))
    return client


def test_people_are_listed_searched_and_sorted_by_their_name(staff: Client) -> None:
    UserFactory(full_name="Åse Ås", email="findme@example.org")
    page = staff.get("/admin/users/")
    assert page.status_code == 200
    assert "Åse Ås" in page.text
    assert "findme@example.org" in staff.get("/admin/users/results/?q=findme").text
    assert "findme@example.org" not in staff.get("/admin/users/results/?q=nobody").text
    for order in ("email", "-email", "is_active", "name"):
        assert staff.get(f"/admin/users/?ordering={order}").status_code == 200


def test_a_person_is_added_and_chooses_a_password_by_mail(staff: Client) -> None:
    form = staff.get("/admin/users/new/").text
    for name in ("full_name", "email", "language", "time_zone"):
        assert f'name="{name}"' in form
    assert 'name="first_name"' not in form
    editors = Group.objects.get(name="Editors")
    assert staff.post("/admin/users/new/", PERSON | {"groups": [editors.pk]}).status_code == 302
    kari = User.objects.get(email="kari@example.org")
    assert (kari.full_name, kari.language, list(kari.groups.all())) == ("Kari Nordmann", "nb", [editors])
    assert not kari.has_usable_password()
    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": "kari@example.org"})
    code = re.search(r"^ {4}(\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code
    visitor.post("/accounts/password/reset/confirm/", {"code": code[1]})
    visitor.post("/accounts/password/reset/complete/", {"password1": "correct horse battery"})
    kari.refresh_from_db()
    assert kari.check_password("correct horse battery")


def test_a_person_is_edited_and_keeps_one_address(staff: Client) -> None:
    kari = UserFactory(email="kari@example.org", language="nb")
    data = PERSON | {"email": "new@example.org", "is_active": "on", "full_name": "Kari N."}
    assert staff.post(f"/admin/users/edit/{kari.pk}/", data).status_code == 302
    kari.refresh_from_db()
    assert (kari.email, kari.full_name) == ("new@example.org", "Kari N.")
    assert list(EmailAddress.objects.filter(user=kari).values_list("email", "primary", "verified")) == [
        ("new@example.org", True, False)
    ]


def test_an_address_of_someone_else_is_refused(staff: Client) -> None:
    UserFactory(email="taken@example.org")
    page = staff.post("/admin/users/new/", PERSON | {"email": "TAKEN@example.org"})
    assert page.status_code == 200
    assert "Someone else signs in with this address" in page.text


def test_a_person_is_deleted(staff: Client) -> None:
    kari = UserFactory()
    staff.post(f"/admin/users/delete/{kari.pk}/")
    assert not User.objects.filter(pk=kari.pk).exists()


def test_companies_are_added_edited_and_searched(staff: Client) -> None:
    data = {"name": "Sensors AS", "kind": "company", "country": "NO", "organisation_number": "974 760 673"}
    wrong = staff.post("/admin/company/new/", data | {"organisation_number": "974760674"})
    assert "do not fit together" in wrong.text
    page: Any = staff.post("/admin/company/new/", data)
    assert page.status_code == 302, page.text
    company = Company.objects.get()
    assert company.organisation_number == "974760673"
    assert staff.get(f"/admin/company/edit/{company.pk}/").status_code == 200
    assert staff.get(f"/admin/company/inspect/{company.pk}/").status_code == 200
    assert "Sensors AS" in staff.get("/admin/company/results/?q=974760673").text


def test_a_company_is_in_a_cluster_from_a_day_on(staff: Client) -> None:
    company, cluster = CompanyFactory(), ClusterFactory()
    data = {"company": company.pk, "cluster": cluster.pk, "since": "2026-01-01"}
    assert staff.post("/admin/clustermembership/new/", data | {"until": "2025-01-01"}).status_code == 200
    assert not ClusterMembership.objects.exists()
    assert staff.post("/admin/clustermembership/new/", data).status_code == 302
    assert ClusterMembership.objects.get().cluster == cluster
    assert staff.post("/admin/cluster/new/", {"name": "New", "slug": "new"}).status_code == 302
    assert Cluster.objects.count() == 2
