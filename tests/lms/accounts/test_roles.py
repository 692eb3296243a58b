"""The roles: groups with real permissions, and what they open."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from lms.accounts.roles import ADVISORS, EDITORS, MODERATORS, PROGRAMME_OWNERS, ROLES, ensure_roles
from tests.factories.accounts import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


def person_in(role: str) -> Any:
    person = UserFactory(full_name=f"One of the {role}")
    person.groups.add(Group.objects.get(name=role))
    return person


def test_a_fresh_database_has_every_role_with_everything_it_names() -> None:
    for name, role in ROLES.items():
        group = Group.objects.get(name=name)
        has = {f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")}
        assert role.permissions <= has
        on_pages = group.page_permissions.filter(page=Page.get_first_root_node())
        assert role.on_pages <= set(on_pages.values_list("permission__codename", flat=True))
        assert {one.split(".")[1] for one in role.on_files} <= set(
            group.collection_permissions.values_list("permission__codename", flat=True)
        )


def test_ensuring_twice_changes_nothing_and_takes_nothing_away() -> None:
    group = Group.objects.get(name=ADVISORS)
    extra = Group.objects.get(name=EDITORS).permissions.first()
    assert extra
    group.permissions.add(extra)
    before = GroupPagePermission.objects.count()
    ensure_roles()
    assert extra in group.permissions.all()
    assert GroupPagePermission.objects.count() == before


@pytest.mark.parametrize(
    ("role", "edits", "publishes", "moves", "admin"),
    [
        (EDITORS, True, False, False, True),
        (MODERATORS, True, True, False, True),
        (ADVISORS, False, False, True, False),
        (PROGRAMME_OWNERS, False, False, False, True),
    ],
)
def test_what_each_role_may(role: str, edits: bool, publishes: bool, moves: bool, admin: bool) -> None:
    person = person_in(role)
    page = Page.objects.get(depth=2)
    tester = page.permissions_for_user(person)
    assert (tester.can_edit(), tester.can_publish()) == (edits, publishes)
    assert person.has_perm("cohorts.change_participation") == moves
    assert person.has_perm("wagtailadmin.access_admin") == admin
    assert not person.has_perm("accounts.change_user")


@pytest.mark.parametrize(("role", "status"), [(PROGRAMME_OWNERS, 200), (EDITORS, 302)])
def test_companies_are_in_the_admin_for_those_with_permission(client: Client, role: str, status: int) -> None:
    CompanyFactory(name="Sensors AS")
    client.force_login(person_in(role))
    page = client.get("/admin/company/")
    assert page.status_code == status
    assert ("Sensors AS" in page.text) == (status == 200)


def test_permissions_cost_no_more_than_they_must(django_assert_num_queries: Any) -> None:
    from lms.accounts.models import User

    person = User.objects.get(pk=person_in(ADVISORS).pk)
    with django_assert_num_queries(2):
        for _ in range(3):
            person.has_perm("cohorts.change_participation")
            person.has_perm("cohorts.delete_cohort")
