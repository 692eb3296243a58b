"""Who may see what: the pure rule, and what is known of a visitor."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from cms.access import visitor_for, visitor_of
from cms.rules import ANYBODY, Access, Audience, Restriction, Visitor
from lms.accounts.models import ClusterMembership
from tests.factories.accounts import ClusterFactory, CompanyFactory, MembershipFactory, UserFactory

MEMBER = Visitor(signed_in=True, is_member=True, clusters=frozenset({1}))
PERSON = Visitor(signed_in=True, groups=frozenset({4}))
STAFF = Visitor(signed_in=True, works_here=True)
LOGIN, GROUP, WORD = (
    Restriction(1, "login", frozenset()),
    Restriction(2, "groups", frozenset({4})),
    Restriction(3, "password", frozenset()),
)


@pytest.mark.parametrize(
    ("access", "may"),
    [
        (Access(), [ANYBODY, PERSON, MEMBER, STAFF]),
        (Access(Audience.MEMBERS), [MEMBER, STAFF]),
        (Access(Audience.CLUSTERS, frozenset({1, 2})), [MEMBER, STAFF]),
        (Access(Audience.CLUSTERS, frozenset({2})), [STAFF]),
        (Access(Audience.CLUSTERS), [STAFF]),
        (Access("pages"), [STAFF]),
        (Access(restrictions=(LOGIN,)), [PERSON, MEMBER, STAFF]),
        (Access(restrictions=(GROUP,)), [PERSON]),
        (Access(restrictions=(WORD,)), []),
        (Access(Audience.MEMBERS, restrictions=(GROUP,)), []),
    ],
)
def test_who_may_see(access: Access, may: list[Visitor]) -> None:
    assert [one for one in (ANYBODY, PERSON, MEMBER, STAFF) if one.may_see(access)] == may
    assert access.is_open == (ANYBODY in may)


def test_what_must_be_begun_first_opens_to_those_who_did_and_no_more_than_that() -> None:
    begun, private = Access(begun=("course", 3)), Access(restrictions=(GROUP,), begun=("course", 3))
    learner, other = (
        Visitor(signed_in=True, begun=frozenset({("course", 3)})),
        Visitor(begun=frozenset({("course", 4)})),
    )
    assert [one.may_see(begun) for one in (learner, STAFF, other, MEMBER, ANYBODY)] == [True, True, False, False, False]
    assert not learner.may_see(private)
    assert not begun.is_open


def test_a_password_and_a_superuser_open_their_restrictions() -> None:
    assert Visitor(passed=frozenset({3})).may_see(Access(restrictions=(WORD,)))
    assert Visitor(signed_in=True, is_superuser=True).may_see(Access(restrictions=(GROUP,)))


@pytest.mark.django_db
def test_clusters_count_on_the_days_the_company_is_in_them() -> None:
    company, today = CompanyFactory(), timezone.localdate()
    user = MembershipFactory(company=company).user
    now, past, coming = ClusterFactory(), ClusterFactory(), ClusterFactory()
    ClusterMembership.objects.create(company=company, cluster=now, since=today)
    ClusterMembership.objects.create(company=company, cluster=past, since=today - timedelta(9), until=today)
    ClusterMembership.objects.create(company=company, cluster=coming, since=today + timedelta(1))
    assert visitor_for(user).clusters == {now.pk}
    assert visitor_for(user).is_member


@pytest.mark.django_db
def test_somebody_without_a_company_is_no_member(django_assert_num_queries: Any) -> None:
    user = UserFactory()
    with django_assert_num_queries(3):
        assert not visitor_for(user).is_member


@pytest.mark.django_db
def test_a_visitor_is_looked_up_once_a_request_and_not_at_all_when_signed_out(django_assert_num_queries: Any) -> None:
    request: HttpRequest = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert visitor_of(request) == ANYBODY
    asked: HttpRequest = RequestFactory().get("/")
    asked.user = MembershipFactory().user
    with django_assert_num_queries(4):
        assert visitor_of(asked) is visitor_of(asked)
