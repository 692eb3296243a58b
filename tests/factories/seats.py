"""Agreements on seats for tests."""

from collections.abc import Iterable

import factory
from factory.django import DjangoModelFactory

from courses.models import CoursePage, Seat, SeatAgreement
from tests.factories.accounts import CompanyFactory, UserFactory


class SeatAgreementFactory(DjangoModelFactory[SeatAgreement]):
    """An agreement of a company on `courses`, without first or last day; by default on one seat."""

    class Meta:
        model = SeatAgreement
        skip_postgeneration_save = True

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda n: f"Agreement {n}")
    agreed = 1

    @factory.post_generation
    def courses(obj: SeatAgreement, create: bool, extracted: Iterable[CoursePage] | None, **kwargs: object) -> None:
        if create and extracted:
            obj.courses.set(extracted)


class SeatFactory(DjangoModelFactory[Seat]):
    """A seat somebody uses; whether they are in the company is the test's business."""

    class Meta:
        model = Seat

    agreement = factory.SubFactory(SeatAgreementFactory)
    user = factory.SubFactory(UserFactory)
