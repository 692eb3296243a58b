"""Who sees which cohorts and companies, and how those are doing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cohorts import selectors
from cohorts.models import Participation
from cohorts.rules import Stage
from lms.accounts.models import User
from lms.accounts.roles import PROGRAMME_OWNERS
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.courses import EnrolmentFactory, lessons_of, make_course

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def owner() -> User:
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=PROGRAMME_OWNERS))
    return person


def test_an_advisor_runs_and_sees_the_companies_of_their_own_cohorts():
    advisor = UserFactory()
    own = ParticipationFactory(cohort=CohortFactory(advisors=[advisor]))
    ParticipationFactory(cohort=CohortFactory(advisors=[UserFactory()]))
    assert list(selectors.participations_run_by(advisor)) == [own]
    assert list(selectors.participations_visible_to(advisor)) == [own]
    assert list(selectors.cohorts_run_by(advisor)) == [own.cohort]
    assert list(selectors.cohorts_visible_to(advisor)) == [own.cohort]


def test_a_programme_owner_sees_everything_and_runs_nothing():
    ParticipationFactory(), ParticipationFactory()
    person = owner()
    assert selectors.participations_visible_to(person).count() == 2
    assert selectors.cohorts_overseen_by(person).count() == 2
    assert not selectors.participations_run_by(person).exists()


def test_a_superuser_runs_everything():
    ParticipationFactory(), ParticipationFactory()
    assert selectors.participations_run_by(UserFactory(is_superuser=True)).count() == 2


@pytest.mark.parametrize(("state", "seen"), [("active", 1), ("asked", 0), ("left", 0)])
def test_a_company_sees_itself_and_none_of_the_others(state, seen):
    membership = MembershipFactory(state=state)
    cohort = CohortFactory()
    ParticipationFactory(cohort=cohort, company=membership.company)
    ParticipationFactory(cohort=cohort)
    visible = selectors.participations_visible_to(membership.user)
    assert [participation.company for participation in visible] == [membership.company] * seen
    assert selectors.cohorts_visible_to(membership.user).count() == seen
    assert not selectors.participations_run_by(membership.user).exists()
    assert not selectors.cohorts_overseen_by(membership.user).exists()


def test_an_advisor_who_is_also_in_a_company_sees_each_company_once():
    advisor = UserFactory()
    membership = MembershipFactory(user=advisor)
    cohort = CohortFactory(advisors=[advisor])
    ParticipationFactory(cohort=cohort, company=membership.company)
    assert selectors.participations_visible_to(advisor).count() == 1
    assert selectors.cohorts_visible_to(advisor).count() == 1


def test_lines_put_whoever_needs_help_first_then_go_by_name():
    cohort = CohortFactory()
    for name, stage, days in [("B", "review", 2), ("A", "review", 2), ("C", "review", 40), ("D", "withdrawn", 400)]:
        company = CompanyFactory(name=name)
        ParticipationFactory(company=company, cohort=cohort, stage=stage, stage_since=NOW - timedelta(days=days))
    found = selectors.lines(Participation.objects.select_related("company"), NOW)
    assert [line.participation.company.name for line in found] == ["C", "A", "B", "D"]
    assert [bool(line.reasons) for line in found] == [True, False, False, False]


def test_a_line_counts_only_the_courses_of_the_cohort():
    inside, outside = make_course(1, 2), make_course(1, 5)
    member = MembershipFactory()
    participation = ParticipationFactory(company=member.company, cohort=CohortFactory(courses=[inside]))
    enrolment = EnrolmentFactory(user=member.user, course=inside, company=member.company)
    EnrolmentFactory(user=member.user, course=outside, company=member.company, completed_at=NOW)
    enrolment.progress.create(lesson=lessons_of(inside)[0], completed_at=NOW)
    (line,) = selectors.lines([participation], timezone.now())
    assert (line.progress.people, line.progress.lessons_done, line.progress.lessons) == (1, 1, 2)
    assert selectors.facts_of(participation).people_who_completed == 0
    (colleague,) = selectors.people_of(participation)
    assert (colleague.lessons_done, colleague.lessons, colleague.completed) == (1, 2, 0)


def test_somebody_who_completed_a_course_of_the_cohort_opens_the_way_to_drafting():
    course = make_course()
    member = MembershipFactory()
    participation = ParticipationFactory(company=member.company, cohort=CohortFactory(courses=[course]))
    EnrolmentFactory(user=member.user, course=course, company=member.company, completed_at=NOW)
    facts = selectors.facts_of(participation)
    assert (facts.people, facts.courses, facts.people_who_completed) == (1, 1, 1)


def test_by_stage_follows_the_way_and_leaves_out_empty_stages():
    cohort = CohortFactory()
    for stage in (Stage.WITHDRAWN, Stage.TRAINING, Stage.REQUESTED, Stage.TRAINING):
        ParticipationFactory(cohort=cohort, stage=stage)
    groups = selectors.by_stage(selectors.lines(Participation.objects.select_related("company"), NOW))
    assert [(group.stage, len(group.lines)) for group in groups] == [
        (Stage.REQUESTED, 1),
        (Stage.TRAINING, 2),
        (Stage.WITHDRAWN, 1),
    ]


@pytest.mark.parametrize(("membership", "administers"), [({"admin": True}, True), ({}, False)])
def test_only_active_administrators_administer(membership, administers):
    member = MembershipFactory(**membership)
    assert selectors.administers(member.user, member.company_id) is administers
    member.state = "left"
    member.save()
    assert not selectors.administers(member.user, member.company_id)
