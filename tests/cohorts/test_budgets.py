"""How many statements the advisor's pages take: the same at 3 and at 300 companies."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from lms.accounts.models import User
from lms.accounts.roles import ADVISORS
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory, fill
from tests.factories.courses import EnrolmentFactory, bulk_courses, make_course

pytestmark = pytest.mark.django_db

DESK, COHORT, COMPANY = 13, 12, 12
"""Statements a page takes, session and person among them."""


@pytest.fixture
def advisor() -> User:
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=ADVISORS))
    return person


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("companies", [3, 300])
@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_desk_takes_the_same_statements_at_3_and_300_companies(
    advisor, companies, cohorts, django_assert_max_num_queries
):
    for course in bulk_courses(cohorts, 1, 3):
        fill(CohortFactory(advisors=[advisor], courses=[course]), companies // cohorts)
    client, address = signed_in(advisor), reverse("cohorts:advisor")
    client.get(address)
    with django_assert_max_num_queries(13) as counted:
        assert client.get(address).status_code == 200
    assert len(counted) == DESK


@pytest.mark.parametrize("companies", [3, 300])
def test_the_cohort_takes_the_same_statements_at_3_and_300_companies(advisor, companies, django_assert_max_num_queries):
    cohort = CohortFactory(advisors=[advisor], courses=bulk_courses(2, 1, 3))
    fill(cohort, companies)
    client = signed_in(advisor)
    client.get(cohort.get_absolute_url())
    with django_assert_max_num_queries(12) as counted:
        assert client.get(cohort.get_absolute_url()).status_code == 200
    assert len(counted) == COHORT


@pytest.mark.parametrize("people", [3, 30])
def test_the_company_takes_the_same_statements_at_3_and_30_people(advisor, people, django_assert_max_num_queries):
    course = make_course(1, 3)
    participation = ParticipationFactory(cohort=CohortFactory(advisors=[advisor], courses=[course]))
    for _n in range(people):
        member = MembershipFactory(company=participation.company, user__address=None)
        EnrolmentFactory(user=member.user, course=course, company=participation.company)
    client = signed_in(advisor)
    client.get(participation.get_absolute_url())
    with django_assert_max_num_queries(12) as counted:
        assert client.get(participation.get_absolute_url()).status_code == 200
    assert len(counted) == COMPANY
