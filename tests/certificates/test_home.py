"""A person's certificates on their own home."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from certificates.home import held
from certificates.models import Certificate
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import EnrolmentFactory, catalog_page

pytestmark = pytest.mark.django_db


def test_one_s_own_that_were_not_revoked_newest_first(django_assert_num_queries):
    person = UserFactory()
    enrolment = EnrolmentFactory(user=person)
    first = CertificateFactory(holder=person, issued_at=datetime(2026, 1, 1, tzinfo=UTC), enrolment=enrolment)
    second = CertificateFactory(holder=person)
    CertificateFactory(holder=person, revoked_at=datetime(2026, 2, 1, tzinfo=UTC))
    CertificateFactory()
    request = RequestFactory().get("/me/")
    request.user = person
    with django_assert_num_queries(1):
        shown = held(request)
    assert [one.url for one in shown] == [second.get_absolute_url(), first.get_absolute_url()]
    assert [one.course_id for one in shown] == [None, enrolment.course_id]


def test_nobody_signed_in_holds_nothing():
    request = RequestFactory().get("/me/")
    request.user = AnonymousUser()
    assert held(request) == []


def test_the_home_leads_to_the_certificate():
    catalog_page()
    certificate = CertificateFactory()
    client = Client()
    client.force_login(certificate.holder)
    assert certificate.get_absolute_url() in client.get("/me/").content.decode()
    assert Certificate.objects.count() == 1
