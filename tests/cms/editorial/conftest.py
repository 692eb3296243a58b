"""People of the editors' desk."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from lms.accounts import roles
from lms.accounts.models import User
from tests.factories.accounts import UserFactory


def staff(group: str = "", **fields: object) -> User:
    person: User = UserFactory.create(is_staff=True, **fields)
    if group:
        person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def editor(db: None) -> User:
    return staff(roles.EDITORS, full_name="Demo Editor")


@pytest.fixture
def moderator(db: None) -> User:
    """A moderator; of a topic only where the test says so."""
    return staff(roles.MODERATORS, full_name="Demo Moderator")


@pytest.fixture
def other(db: None) -> User:
    """Another one."""
    return staff(roles.MODERATORS, full_name="Other Moderator")


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """A signed-in client of somebody."""

    def sign_in(person: User) -> Client:
        mine = Client()
        mine.force_login(person)
        return mine

    return sign_in
