"""The test databases themselves: a test that commits leaves nothing, and takes nothing away."""

import pytest
from django_q.models import Schedule
from wagtail.models import Page

PAGES = 2  # Wagtail's root and its welcome page


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_that_commits_starts_from_what_the_migrations_left(turn: int) -> None:
    assert Page.objects.count() == PAGES
    assert not Schedule.objects.exists()
    Schedule.objects.create(name=f"left by turn {turn}", func="a.b")
    Page.objects.filter(depth__gt=1).delete()


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("turn", [1, 2])
def test_other_tests_are_rolled_back(turn: int) -> None:
    assert not Schedule.objects.exists()
    Schedule.objects.create(name=f"left by turn {turn}", func="a.b")
