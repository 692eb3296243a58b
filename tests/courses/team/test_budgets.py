"""What a company's page and a colleague's may ask of the database, and how large they are, at 3 and at 500 people."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from cms.published import bump
from courses.models import CoursePage, Enrolment, Evidence, LearningPath, LessonProgress, PathStep
from lms.accounts import actions
from lms.accounts.models import Invitation, Membership, User
from tests.factories.accounts import ClusterMembershipFactory, MembershipFactory
from tests.factories.courses import bulk_courses, lessons_of, make_course
from tests.factories.readiness import answered, edition, finished
from tests.factories.seats import SeatAgreementFactory, SeatFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db
LARGEST = 300_000
MOST = 15
"""Session, person, memberships, the version of the content, the roster, invitations, assessments and answers, what
people have done, clusters, mail domains; the path and who takes it, seats, and what an advisor has asked."""


def large(admin: Membership, size: int) -> None:
    """So many colleagues, each in three courses, a part of them idle; and as many who ask and are invited."""
    now, company = timezone.now(), admin.company
    courses = bulk_courses(3, modules=2, lessons=5)
    CoursePage.objects.update(title="In and out of a country whose payers are many")
    bump()
    password = make_password(None)
    people = User.objects.bulk_create(
        User(email=f"colleague{n}@sensors.example", full_name=f"Colleague Number {n}", password=password)
        for n in range(2 * size)
    )
    Membership.objects.bulk_create(
        Membership(user=person, company=company, state="active" if n < size else "asked")
        for n, person in enumerate(people)
    )
    taken = Enrolment.objects.bulk_create(
        Enrolment(user=person, company=company, course=course, started_at=now - timedelta(days=n % 30))
        for n, person in enumerate(people[: size * 9 // 10])
        for course in courses
    )
    first = {course.pk: lessons_of(course)[:4] for course in courses}
    LessonProgress.objects.bulk_create(
        LessonProgress(enrolment=one, lesson=lesson, last_seen=one.started_at, completed_at=one.started_at)
        for one in taken
        for lesson in first[one.course_id]
    )
    Invitation.objects.bulk_create(
        Invitation(
            company=company,
            email=f"invited{n}@sensors.example",
            token_digest=f"{n}",
            expires_at=now,
            invited_by=admin.user,
        )
        for n in range(size)
    )


@pytest.fixture(params=[pytest.param(3, id="3 people", marks=pytest.mark.database), pytest.param(500, id="500 people")])
def admin(request: Any) -> Membership:
    """Of a company with a finished report, an assessment under way, clusters, a path and that many people."""
    edition(market=4)
    admin: Membership = MembershipFactory(admin=True)
    finished(admin, **{f"market-{n}": 3 for n in range(4)})
    answered(admin, **{f"market-{n}": 3 for n in range(2)})
    ClusterMembershipFactory.create_batch(3, company=admin.company)
    large(admin, request.param)
    path, _made = LearningPath.objects.get_or_create(company=admin.company)
    course = make_course()
    PathStep.objects.create(path=path, course=course, place=9)
    SeatFactory(agreement=SeatAgreementFactory(company=admin.company, courses=[course], agreed=4), user=admin.user)
    Evidence.objects.create(user=admin.user, company=admin.company, course=course, state="asked")
    return admin


def cost(client: Client, url: str, asserts: Any, most: int) -> str:
    """What a page says, from a warm process."""
    with asserts(most):
        answer = client.get(url)
    assert answer.status_code == 200
    assert len(answer.content) <= LARGEST
    return answer.text


ADDRESSES = ["/company/", "/company/?page=2", "/company/?name=number", "/company/?show=idle"]


def test_company_and_its_people(admin: Membership, django_assert_max_num_queries: Any) -> None:
    """For an administrator and a member alike; then all are reminded, and it costs the same."""
    member, colleague = Membership.objects.filter(company=admin.company, role="member", state="active")[:2]
    invited = Invitation.objects.count()
    for reader, addresses in ((admin, ADDRESSES), (member, ADDRESSES[::3])):
        client = signed_in(reader)
        client.get("/company/")
        for address in addresses:
            page = cost(client, address, django_assert_max_num_queries, MOST)
            assert "In and out" in page or "show=idle" in address
            assert all(words in page for words in ("Learning path", "1 of 4 seats taken", "asked 1 question"))
            if reader == admin and address == "/company/":
                assert (f"{invited - 50} more. Type a part" in page) is (invited > 50)
        cost(client, f"/company/people/{colleague.pk}/", django_assert_max_num_queries, 14)
    client = signed_in(admin)
    assert "invited2@sensors.example" in client.get("/company/?name=invited2@").text
    with django_assert_max_num_queries(REMINDING):
        client.post("/company/nudge/")
    assert "Reminded today" in cost(client, "/company/?show=idle", django_assert_max_num_queries, MOST)


REMINDING = 16
"""However many are idle, but that SQLite writes only so many rows in one statement: the 350 of 500 take four."""


def test_no_company(django_assert_max_num_queries: Any) -> None:
    owner = MembershipFactory(admin=True, user__email="kari@sensors.example")
    actions.add_domain(owner.company, "sensors.example", by=owner.user)
    asker = MembershipFactory(state="asked", user__email="ola@sensors.example")
    client = signed_in(asker)
    client.get("/company/")
    assert "can ask to join" in cost(client, "/company/", django_assert_max_num_queries, 6)
