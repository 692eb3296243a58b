"""How many statements evidence costs: none where nothing is required, and the same at 3 and at 300 rows."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.evidence import actions, selectors
from courses.models import Enrolment, Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import learner_state, outline_now
from lms.accounts.models import Membership, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, make_course
from tests.factories.evidence import advisor_of, later, sent

pytestmark = pytest.mark.django_db


def many(member: Membership, number: int) -> None:
    """That many people of the company, each with evidence that waits or is answered."""
    course = later()
    people = User.objects.bulk_create(
        [User(email=f"many{n}@example.org", full_name=f"Many {n}") for n in range(number)]
    )
    states = [EvidenceState.SENT, EvidenceState.ASKED, EvidenceState.ACCEPTED]
    made = Evidence.objects.bulk_create(
        Evidence(user=person, company=member.company, course=course, state=states[n % 3], decided_at=timezone.now())
        for n, person in enumerate(people)
    )
    EvidenceEntry.objects.bulk_create(
        EvidenceEntry(evidence=one, by=one.user, state=one.state, text="Five years in Boston") for one in made
    )


@pytest.mark.parametrize("number", [3, 300])
def test_the_desk_and_a_thread(number: int, django_assert_max_num_queries: Any):
    member = MembershipFactory()
    many(member, number)
    client = Client()
    client.force_login(advisor_of(member.company))
    one = Evidence.objects.filter(state="sent").first()
    assert one is not None
    for url, most in (("/evidence/", 8), (f"/evidence/{one.pk}/", 9)):
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


def test_whether_a_course_is_open_costs_one_query_at_most(django_assert_num_queries: Any):
    first = make_course(1, 1)
    page = later(first)
    user, learner, graduate = UserFactory(), UserFactory(), UserFactory()
    EnrolmentFactory(user=learner, course=page)
    EnrolmentFactory(user=graduate, course=first)
    Enrolment.objects.filter(user=graduate).update(completed_at=timezone.now())
    outline = outline_now()
    for who, pk, queries, is_open in (
        (user, first.pk, 0, True),
        (user, page.pk, 1, False),
        (learner, page.pk, 0, True),
        (graduate, page.pk, 0, True),
    ):
        state = learner_state(who.pk)
        with django_assert_num_queries(queries):
            assert selectors.is_open(who.pk, outline.by_id[pk], state) == is_open


def test_what_others_ask_is_one_query_each(django_assert_num_queries: Any):
    member, advisor = MembershipFactory(), UserFactory()
    asked, accepted = sent(member), sent(member)
    actions.ask(asked, by=advisor, version=1, question="Which predicate?")
    actions.accept(accepted, by=advisor, version=1, words="Good.")
    sent(member)
    sent(MembershipFactory())
    title = asked.course.title
    with django_assert_num_queries(1):
        waiting = [(one.pk, one.user, one.course.title) for one in selectors.waiting_on(member.company)]
    assert waiting == [(asked.pk, member.user, title)]
