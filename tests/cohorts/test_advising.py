"""Who advises whose people: cohorts say it, for the evidence that courses keep."""

import pytest

from cohorts import advising
from courses.evidence.selectors import DECIDES
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.evidence import advisor_of, owner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def advisors(company_id: int | None) -> set[int]:
    return set(advising.advisors_of(company_id, DECIDES).values_list("pk", flat=True))


def test_an_advisor_reaches_the_companies_of_their_cohorts_alone():
    company, other = CompanyFactory(), CompanyFactory()
    advisor = advisor_of(company)
    advisor_of(other)
    reach = advising.companies_advised_by(advisor)
    assert not reach.everybody
    assert reach.companies is not None
    assert set(reach.companies) == {company}
    assert advisors(company.pk) == {advisor.pk}


def test_who_sees_every_cohort_reaches_everybody():
    assert advising.companies_advised_by(owner()).everybody
    assert advising.companies_advised_by(UserFactory(is_superuser=True)).everybody
    assert not advising.companies_advised_by(UserFactory()).everybody


def test_a_company_without_advisor_and_people_in_no_company_go_to_programme_owners():
    keeps, company = owner(), CompanyFactory()
    ParticipationFactory(company=company, cohort=CohortFactory())
    advisor_of(CompanyFactory())
    assert advisors(company.pk) == advisors(CompanyFactory().pk) == advisors(None) == {keeps.pk}


def test_an_advisor_who_has_left_leaves_nobody_waiting():
    keeps, company = owner(), CompanyFactory()
    advisor = advisor_of(company)
    advisor.is_active = False
    advisor.save()
    assert advisors(company.pk) == {keeps.pk}


def test_who_is_named_without_the_right_to_answer_is_not_asked():
    company = CompanyFactory()
    ParticipationFactory(company=company, cohort=CohortFactory(advisors=[UserFactory(is_staff=True)]))
    assert advisors(company.pk) == set()
