"""Two at once: one open address, by the lock; and without it, by the constraint."""

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from django.test import Client

from cms.models import FeedAddress
from cms.podcast import actions
from lms.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def made_together(user: User, *, alone: bool = True) -> list[Any]:
    """Two addresses made at once, meeting before either is written."""
    make = partial(actions.make_address, user)
    return at_once(make, make, before='INSERT INTO "cms_feedaddress"', alone=alone)


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def test_two_made_at_once_leave_one_open(transactional_db: None) -> None:
    user = UserFactory()
    tokens = made_together(user)
    assert all(isinstance(token, str) for token in tokens), tokens
    assert FeedAddress.objects.filter(user=user).count() == 2
    assert FeedAddress.objects.filter(user=user, revoked_at=None).count() == 1


def test_without_the_lock_the_constraint_still_holds(transactional_db: None) -> None:
    user = UserFactory()
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = made_together(user, alone=ONE_WRITER)
    assert FeedAddress.objects.filter(user=user, revoked_at=None).count() == 1
    assert [type(result).__name__ for result in results].count("IntegrityError") == (0 if ONE_WRITER else 1)


def test_two_clicks_at_once_both_get_an_answer(transactional_db: None) -> None:
    user = UserFactory()

    def click() -> Callable[[], int]:
        client = Client()
        client.force_login(user)
        return lambda: client.post("/me/podcast/make/").status_code

    assert at_once(click(), click()) == [200, 200]
    assert FeedAddress.objects.filter(user=user, revoked_at=None).count() == 1
