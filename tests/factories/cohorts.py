"""Cohorts and companies in them for tests: the smallest valid ones."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from cohorts.models import Cohort, Participation
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
