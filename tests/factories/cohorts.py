"""Cohorts and companies in them for tests: the smallest valid ones."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cohorts.models import Cohort, Participation
from courses.models import Enrolment
from lms.accounts.models import Company, Membership, User
from tests.factories.accounts import CompanyFactory


class CohortFactory(DjangoModelFactory[Cohort]):
    """`advisors=[…]` and `courses=[…]` name its people and its courses."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Cohort {n}")
    slug = factory.Sequence(lambda n: f"cohort-{n}")
    starts = date(2026, 9, 1)
    ends = date(2027, 6, 30)

    @factory.post_generation
    def advisors(obj: Cohort, create: bool, extracted: Iterable[Any] | None, **kwargs: object) -> None:
        if create and extracted:
            obj.advisors.add(*extracted)

    @factory.post_generation
    def courses(obj: Cohort, create: bool, extracted: Iterable[Any] | None, **kwargs: object) -> None:
        if create and extracted:
            obj.courses.add(*extracted)


class ParticipationFactory(DjangoModelFactory[Participation]):
    """A company that has asked for a place."""

    class Meta:
        model = Participation

    company = factory.SubFactory(CompanyFactory)
    cohort = factory.SubFactory(CohortFactory)


def fill(cohort: Cohort, companies: int) -> None:
    """That many companies in training, each with a person who has begun the first of the cohort's courses."""
    course = cohort.courses.first()
    made = Company.objects.bulk_create([Company(name=f"Bulk {n:03} AS") for n in range(companies)])
    people = User.objects.bulk_create(
        [User(email=f"bulk{n}-{cohort.pk}@example.org", full_name=f"Bulk {n}") for n in range(companies)]
    )
    long_ago = timezone.now() - timedelta(days=100)
    pairs = list(zip(people, made, strict=True))
    Membership.objects.bulk_create([Membership(user=person, company=company) for person, company in pairs])
    Participation.objects.bulk_create(
        [Participation(cohort=cohort, company=company, stage="training", stage_since=long_ago) for company in made]
    )
    if course:
        enrolments = [{"user": person, "company": company, "course": course} for person, company in pairs]
        Enrolment.objects.bulk_create([Enrolment(**enrolment) for enrolment in enrolments])
