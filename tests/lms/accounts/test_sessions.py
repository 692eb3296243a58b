"""Who is signed in: a session that holds, one that does not, and a person who may no longer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.accounts.backends import PersonBackend
from lms.accounts.models import BrowserSession as Session
from lms.accounts.models import User
from lms.accounts.sessions import SessionStore
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory.create())
    assert is_signed_in(client)
    return client


def test_the_person_is_the_very_one_with_everything_a_model_has(django_assert_num_queries: Any) -> None:
    user: User = UserFactory.create(full_name="Åse «Demo» Ø", language="nb")
    with django_assert_num_queries(1):
        found = PersonBackend().get_user(user.pk)
    assert found == user
    assert {name: value for name, value in vars(found).items() if name != "_state"} == {
        name: value for name, value in vars(User.objects.get(pk=user.pk)).items() if name != "_state"
    }
    found.full_name = "Changed"
    found.save()
    assert User.objects.get(pk=user.pk).full_name == "Changed"


def test_a_session_ends_on_its_day(signed_in: Client) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=60))
    assert is_signed_in(signed_in)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(signed_in)


def test_a_session_taken_away_is_gone(signed_in: Client) -> None:
    Session.objects.all().delete()
    assert not is_signed_in(signed_in)


def test_somebody_made_inactive_or_deleted_is_out_in_the_next_request(signed_in: Client) -> None:
    User.objects.update(is_active=False)
    assert not is_signed_in(signed_in)
    User.objects.update(is_active=True)
    assert is_signed_in(signed_in)
    User.objects.all().delete()
    assert not is_signed_in(signed_in)


def test_a_changed_password_ends_other_sessions(signed_in: Client) -> None:
    user = User.objects.get()
    user.set_password("another long one")
    user.save()
    assert not is_signed_in(signed_in)


@pytest.mark.parametrize("key", ["", "unknown0unknown0unknown0unknown0", "x" * 500, "'; DROP TABLE", "\0"[:0] or "ø"])
def test_a_key_nobody_gave_is_nobodys(key: str) -> None:
    store = SessionStore(key)
    assert store.load() == {}
    assert store.session_key is None


def test_what_is_kept_comes_back(client: Client) -> None:
    store = SessionStore()
    store["company"] = 12
    store.save()
    assert SessionStore(store.session_key)["company"] == 12
