"""What the path's pages may ask of the database, at 3 courses and people and at 300 courses and 50 people."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Enrolment, LearningPath, PathStep
from courses.paths import actions
from courses.paths.shown import company_section
from courses.team.selectors import team_of
from lms.accounts.models import Membership, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.courses import bulk_courses
from tests.factories.readiness import edition, finished

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[pytest.param((3, 3), id="few"), pytest.param((300, 50), id="many")])
def admin(request: Any) -> Membership:
    """The administrator of a company with so many people, on a path of up to twenty of so many courses.

    An advisor has adjusted it, and a newer report suggests something.
    """
    number, people = request.param
    pages = bulk_courses(number, modules=1, lessons=1)
    edition(market=1)
    admin = MembershipFactory(admin=True)
    finished(admin, **{"market-0": 2})
    made = User.objects.bulk_create([User(email=f"p{n}@example.org", full_name=f"P {n}") for n in range(people)])
    Membership.objects.bulk_create([Membership(user=user, company=admin.company) for user in made])
    path = LearningPath.objects.get()
    on_it = [page for page in pages if page.pk not in path.steps.values_list("course", flat=True)][:20]
    steps = [PathStep(path=path, course=page, place=place, reason="So") for place, page in enumerate(on_it, 1)]
    for step in PathStep.objects.bulk_create(steps):
        step.people.set(made[:2])
    Enrolment.objects.bulk_create([Enrolment(user=user, course=page) for user in made for page in on_it[:2]])
    actions.set_order(path, ordered=False, version=path.version, by=UserFactory())
    finished(admin, **{"market-0": 5})
    return admin


def cost(client: Client, url: str, asserts: Any, most: int) -> str:
    client.get(url)
    with asserts(most):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_company_s_pages_and_the_advisor_s(
    client: Client, rf: Any, admin: Membership, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    """The path, the report that made it, the company page’s section alone; the advisor’s page."""
    client.force_login(admin.user)
    page = cost(client, "/path/", django_assert_max_num_queries, 9)
    assert page.count('id="step-') == PathStep.objects.count()
    assert "Take the suggestion" in page
    assert len(page) < 100_000

    report = LearningPath.objects.get().report
    assert report is not None
    assert "Your path" in cost(client, f"/readiness/reports/{report.pk}/", django_assert_max_num_queries, 8)

    request = rf.get("/company/")
    request.user, request.session = admin.user, {}
    team = team_of(admin, timezone.now())
    company_section(request, team)
    with django_assert_num_queries(2):
        assert "Nobody has begun it" in company_section(request, team)

    advisor = UserFactory(is_staff=True)
    ParticipationFactory(company=admin.company, cohort=CohortFactory(advisors=[advisor]))
    client.force_login(advisor)
    page = cost(client, f"/path/{admin.company_id}/", django_assert_max_num_queries, 12)
    assert "Take the suggestion" in page
