"""Plain SQL gives what a queryset would, on both databases."""

from datetime import UTC, datetime

import pytest
from django.db import models

from certificates.models import Certificate
from courses.models import Enrolment, QuizAttempt
from lms.accounts.models import Company, Membership, User
from lms.core.rows import columns, instances, moment, rows
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, make_course

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stored(one: models.Model) -> dict[str, object]:
    """What the fields hold, with their types."""
    values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    return {name: (type(value), value) for name, value in values.items()}


def all_of(kind: type[models.Model]) -> list[tuple[models.Model, ...]]:
    return instances(f"SELECT {columns(kind, 't')} FROM {kind._meta.db_table} t ORDER BY 1", [], kind)


@pytest.mark.parametrize("kind", [User, Company, Membership, Enrolment, QuizAttempt, Certificate])
def test_an_object_is_as_the_queryset_gives_it(kind: type[models.Model]) -> None:
    membership = MembershipFactory()
    enrolment = EnrolmentFactory(user=membership.user, course=make_course(1, 1), company=membership.company)
    QuizAttempt.objects.create(
        enrolment=enrolment,
        lesson_id=enrolment.course.get_descendants().last().pk,
        quiz_key="quiz",
        token="5b8b1c4e-7f8f-4a55-9a3e-1c2f8f6f6a10",
        answers={"a": ["b"]},
        score=50,
        passed=False,
    )
    Certificate.objects.create(key="one", holder=membership.user, enrolment=enrolment, snapshot={"holder": "Kari"})
    found = [one for (one,) in all_of(kind)]
    assert [stored(one) for one in found] == [stored(one) for one in kind._default_manager.order_by("pk")]
    assert not any(one._state.adding for one in found)


def test_a_join_that_finds_nothing_gives_none() -> None:
    user = UserFactory()
    statement = (
        f"SELECT {columns(User, 'u')}, {columns(Membership, 'm')} FROM {User._meta.db_table} u"
        f" LEFT JOIN {Membership._meta.db_table} m ON m.user_id = u.id WHERE u.id = %s"
    )
    assert instances(statement, [user.pk], User, Membership) == [(user, None)]


def test_rows_and_moments() -> None:
    user = UserFactory(date_joined=datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    [(joined, nothing)] = rows(f"SELECT MAX(date_joined), NULL FROM {User._meta.db_table} WHERE id = %s", [user.pk])
    assert moment(joined) == user.date_joined
    assert moment(nothing) is None
