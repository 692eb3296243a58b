"""The outbox as staff see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from lms.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/messages/"


def staff(*codenames: str) -> Client:
    person = UserFactory()
    permissions = Permission.objects.filter(codename__in=[*codenames, "access_admin"])
    person.user_permissions.add(*permissions)
    client = Client()
    client.force_login(person)
    return client


def in_days(days: float, **rest: Any) -> Message:
    due = timezone.now() + timedelta(days=days)
    message: Message = MessageFactory(due=due, **rest)
    return message


def test_shows_what_is_due_in_two_weeks_and_what_needs_a_person() -> None:
    shown = [in_days(1), in_days(13.9), in_days(-40, state="unknown"), in_days(-40, state="failed")]
    hidden = [in_days(14.1), in_days(-1, state="sent"), in_days(-1, state="cancelled")]
    page = staff("view_message").get(LIST)
    assert page.status_code == 200
    for message in shown:
        assert message.recipient.full_name in page.text
    for message in hidden:
        assert message.recipient.full_name not in page.text
    assert '<form method="post" action="/admin/messages/' not in page.text, "reading is not deciding"


def test_shows_the_buttons_that_fit_and_carries_them_out() -> None:
    owed, unknown = in_days(3), in_days(-1, state="unknown")
    client = staff("change_message")
    page = client.get(LIST).text
    for message, decisions in ((owed, {"send-now", "cancel"}), (unknown, {"arrived", "send-again"})):
        for decision in ("send-now", "cancel", "arrived", "send-again"):
            assert (f"/admin/messages/{message.pk}/{decision}/" in page) == (decision in decisions)
    assert "It will not be sent" in client.post(f"{LIST}{owed.pk}/cancel/", follow=True).text
    assert "Nothing was changed" in client.post(f"{LIST}{owed.pk}/arrived/", follow=True).text
    client.post(f"{LIST}{unknown.pk}/send-again/")
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "owed"]


@pytest.mark.parametrize("codename", ["view_message", "add_message"])
def test_whoever_may_not_decide_changes_nothing(codename: str) -> None:
    message = in_days(3)
    client = staff(codename)
    assert client.post(f"{LIST}{message.pk}/cancel/").status_code == 302
    message.refresh_from_db()
    assert message.state == "owed"
    assert staff("change_message").get(f"{LIST}{message.pk}/cancel/").status_code == 405
    assert Client().post(f"{LIST}{message.pk}/cancel/").status_code == 302


def test_programme_owners_see_it_and_editors_do_not() -> None:
    client = Client()
    person = UserFactory()
    client.force_login(person)
    person.groups.add(Group.objects.get(name="Programme owners"))
    assert client.get(LIST).status_code == 200
    person.groups.set([Group.objects.get(name="Editors")])
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("count", [3, 300])
def test_three_or_three_hundred_cost_the_same(count: int, django_assert_max_num_queries: Any) -> None:
    person = UserFactory()
    for number in range(count):
        in_days(1, recipient=person, subject=f"thing:{number}")
    client = staff("change_message")
    client.get(LIST)
    with django_assert_max_num_queries(20):
        client.get(LIST)


@pytest.mark.parametrize("query", ["?state=unknown", "?export=csv", "?export=xlsx", "?ordering=-due", "?p=2"])
def test_is_filtered_sorted_and_exported(query: str) -> None:
    in_days(1)
    assert staff("view_message").get(LIST + query).status_code == 200
