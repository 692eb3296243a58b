"""Keeping where a listener is: what is true last wins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.masterclasses.actions import remember
from cms.models import Listening
from tests.factories.accounts import UserFactory
from tests.factories.cms import masterclass

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def who() -> tuple[int, int]:
    return UserFactory().pk, masterclass().pk


def test_a_place_is_kept_in_one_row(who: tuple[int, int]) -> None:
    remember(*who, position=12.7, duration=30)
    remember(*who, position=14, duration=30)
    kept = Listening.objects.get()
    assert (kept.position, kept.finished_at) == (14, None)


def test_going_back_is_kept_too(who: tuple[int, int]) -> None:
    remember(*who, position=20, duration=30)
    remember(*who, position=3, duration=30)
    assert Listening.objects.get().position == 3


def test_a_message_held_up_on_its_way_changes_nothing(who: tuple[int, int]) -> None:
    now = timezone.now()
    remember(*who, position=20, duration=30, at=now)
    remember(*who, position=5, duration=30, at=now - timedelta(seconds=1))
    assert Listening.objects.get().position == 20


def test_a_moment_still_to_come_does_not_lock_others_out(who: tuple[int, int]) -> None:
    remember(*who, position=20, duration=30, at=timezone.now() + timedelta(days=400))
    assert Listening.objects.get().updated_at <= timezone.now()
    remember(*who, position=5, duration=30)
    assert Listening.objects.get().position == 5


def test_the_end_is_the_beginning_and_stays_known(who: tuple[int, int]) -> None:
    remember(*who, position=29, duration=30)
    first = Listening.objects.get()
    assert (first.position, first.finished_at) == (0, first.updated_at)
    remember(*who, position=7, duration=30)
    again = Listening.objects.get()
    assert (again.position, again.finished_at) == (7, first.finished_at)
    remember(*who, position=30, duration=30, ended=True)
    assert Listening.objects.get().finished_at == first.finished_at


def test_one_statement(who: tuple[int, int], django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        remember(*who, position=1, duration=30)
