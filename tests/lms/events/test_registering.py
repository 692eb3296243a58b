"""Asking for places: who gets one, who waits, and who is told why not."""

import uuid

import pytest

from lms.events.actions import Refused, accept_offer, cancel, register
from lms.events.models import Registration
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db


def states(event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def test_one_who_asks_has_a_place_and_is_owed_one_mail(django_assert_max_num_queries):
    event, membership = EventFactory(), MembershipFactory()
    with django_assert_max_num_queries(12):
        order = register(
            event, [person(membership.user)], by=membership.user, company=membership.company, token=uuid.uuid4()
        )
    found = order.registrations.get()
    assert found.state == "confirmed"
    assert Message.objects.get().subject == f"registration:{found.pk}:0"


def test_the_same_form_twice_is_one_order():
    event, membership, token = EventFactory(), MembershipFactory(), uuid.uuid4()
    for _ in range(2):
        register(event, [person(membership.user)], by=membership.user, company=membership.company, token=token)
    assert Registration.objects.count() == Message.objects.count() == 1


def test_a_third_of_a_company_is_refused_whoever_asks():
    event, membership = EventFactory(per_company=2), MembershipFactory()
    registered(event, person(membership.user), person(), by=membership.user, company=membership.company)
    with pytest.raises(Refused, match="2 people") as refusal:
        registered(event, company=membership.company)
    assert refusal.value.field == "people"
    assert Registration.objects.count() == 2


def test_who_waits_moves_up_by_the_place_given_up():
    event = EventFactory(capacity=1)
    first, second, third = (registration(event) for _ in range(3))
    assert states(event) == ["confirmed", "waiting", "waiting"]
    cancel(first)
    assert states(event) == ["cancelled", "offered", "waiting"]
    accept_offer(second.order)
    assert states(event) == ["cancelled", "confirmed", "waiting"]
    assert third.state == "waiting"


def test_a_place_that_is_free_while_others_wait_is_not_for_somebody_new():
    event = EventFactory(capacity=2)
    registration(event)
    registered(event, person(), person(), by=MembershipFactory().user, together=True)
    assert states(event) == ["confirmed", "waiting", "waiting"]
    registration(event)
    assert states(event)[-1] == "waiting"
