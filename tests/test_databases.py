"""The test databases themselves: a test that commits leaves nothing, and takes nothing away."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TransactionTestCase
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


def contents() -> dict[str, Any]:
    """Every row of every table, and the next number of each."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found: dict[str, Any] = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
        numbers = "sqlite_sequence" if connection.vendor == "sqlite" else "pg_sequences"
        cursor.execute(f"SELECT * FROM {numbers}")
        found["numbers"] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_what_a_test_committed_is_undone_whole() -> None:
    renew = TransactionTestCase._fixture_teardown
    renew(None)
    before = contents()
    group = Group.objects.create(name="New")
    group.permissions.add(Permission.objects.first())
    Group.objects.order_by("pk").first().delete()
    Page.objects.filter(depth=2).update(title="Changed")
    home = Page.objects.get(depth=2).add_child(instance=Page(title="Below", slug="below"))
    home.save_revision().publish()
    assert contents() != before
    renew(None)
    assert contents() == before


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("turn", [1, 2])
def test_other_tests_are_rolled_back(turn: int) -> None:
    assert not Schedule.objects.exists()
    Schedule.objects.create(name=f"left by turn {turn}", func="a.b")
