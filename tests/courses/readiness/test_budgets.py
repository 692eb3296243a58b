"""What the pages of the assessment may ask of the database, at 3 and at 40 questions, half of them answered."""

from typing import Any

import pytest
from django.test import Client

from courses.readiness.models import Edition
from tests.factories.accounts import MembershipFactory
from tests.factories.readiness import answered, edition

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[pytest.param(3, id="3 questions"), pytest.param(40, id="40 questions")])
def client(request: Any, client: Client) -> Client:
    """A person whose company answers; every other question of the one topic is answered."""
    edition(market=request.param)
    membership = MembershipFactory()
    answered(membership, **{f"market-{at}": 3 for at in range(0, request.param, 2)})
    client.force_login(membership.user)
    return client


def cost(client: Client, url: str, asserts: Any, most: int) -> str:
    """The second answer, from a warm process, takes at most so many statements; what it says."""
    client.get(url)
    with asserts(most):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_overview_topic_and_home(client: Client, django_assert_max_num_queries: Any) -> None:
    """The home has the budget of tests/courses/test_budgets.py, with an assessment under way."""
    page = cost(client, "/readiness/", django_assert_max_num_queries, 7)
    assert "questions answered for" in page
    page = cost(client, "/readiness/topics/market/", django_assert_max_num_queries, 6)
    ((content,),) = Edition.objects.values_list("content")
    assert page.count('id="question-') == len(content["en"]["questions"])
    assert "eadiness" in cost(client, "/me/", django_assert_max_num_queries, 8)
