"""One registration: changed, given up, offered, by whoever may."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.events.actions import cancel
from lms.events.models import Event, Fee, Question
from tests.factories.accounts import MembershipFactory
from tests.factories.events import EventFactory, person, registered, registration
from tests.lms.events.forms import with_tracks, words

pytestmark = pytest.mark.django_db


def test_answers_and_track_are_changed_until_the_deadline(client, mine):
    event = with_tracks()
    question = Question.objects.create(event=event, text="Food?")
    first, second = event.sessions.all()
    one = registered(event, person(mine.user, sessions=(second.pk,)), by=mine.user, company=mine.company)
    one = one.registrations.get()
    address = reverse("events:registration", args=[event.pk, one.pk])
    html = words(client.get(address))
    assert re.search(rf'value="{second.pk}"[^>]*checked', html)
    assert "You can change or cancel this yourself until" in html
    answer = client.post(address, {f"d-slot{first.pk}": first.pk, f"d-q{question.pk}": "Fish"})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.answers == {str(question.pk): "Fish"}
    assert [choice.session for choice in one.choices.all()] == [first]
    Event.objects.filter(pk=event.pk).update(change_until=timezone.now())
    answer = client.post(address, {f"d-slot{first.pk}": second.pk, f"d-q{question.pk}": "Meat"})
    assert "The time to change this yourself is over." in words(answer)
    assert 'value="Meat"' in words(answer)
    assert one.choices.get().session == first


def test_what_is_given_up_twice_is_given_up_once_and_cannot_be_changed(client, mine):
    event = EventFactory()
    Question.objects.create(event=event, text="Food?")
    one = registered(event, person(mine.user), by=mine.user, company=mine.company).registrations.get()
    address = reverse("events:cancel", args=[event.pk, one.pk])
    assert "Give up your place?" in words(client.get(address))
    for _one in range(2):
        assert client.post(address).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.turn) == ("cancelled", 1)
    answer = client.post(reverse("events:registration", args=[event.pk, one.pk]), {})
    assert "This registration has ended" in words(answer)


def test_nothing_is_given_up_after_the_deadline(client, mine):
    event = EventFactory(change_until=timezone.now())
    one = registered(event, person(mine.user), by=mine.user, company=mine.company).registrations.get()
    answer = client.post(reverse("events:cancel", args=[event.pk, one.pk]))
    assert "Ask an organiser" in words(answer)
    one.refresh_from_db()
    assert one.state == "confirmed"


def test_whose_registration_it_is_not_finds_none(client, mine):
    event = EventFactory()
    one = registered(event, person(mine.colleague), by=mine.colleague, company=mine.company).registrations.get()
    for route in ("registration", "cancel"):
        assert client.get(reverse(f"events:{route}", args=[event.pk, one.pk])).status_code == 404
    mine.role = "admin"
    mine.save()
    assert client.get(reverse("events:registration", args=[event.pk, one.pk])).status_code == 200
    assert client.get(reverse("events:registration", args=[EventFactory().pk, one.pk])).status_code == 404


def test_the_fee_of_a_company_stays_with_those_who_come(client, mine):
    event = EventFactory()
    Fee.objects.create(event=event, amount=500_000)
    order = registered(event, person(mine.user), person(mine.colleague), by=mine.user, company=mine.company)
    payer, other = order.registrations.order_by("pk")
    client.post(reverse("events:cancel", args=[event.pk, payer.pk]))
    payer.refresh_from_db()
    other.refresh_from_db()
    assert (payer.fee, other.fee) == (0, 500_000)


@pytest.mark.parametrize(("answer", "state"), [("accept_offer", "confirmed"), ("decline_offer", "cancelled")])
def test_an_offer_is_answered_once(client, mine, answer, state):
    event = EventFactory(capacity=1)
    first = registration(event)
    order = registered(event, person(mine.user), by=mine.user, company=mine.company)
    cancel(first)
    for _one in range(2):
        assert client.post(reverse(f"events:{answer}", args=[event.pk, order.pk])).status_code == 302
    assert order.registrations.get().state == state
    client.force_login(MembershipFactory().user)
    assert client.post(reverse(f"events:{answer}", args=[event.pk, order.pk])).status_code == 404


def test_one_of_several_leaves_only_their_own_offer(client, mine):
    event = EventFactory(capacity=2)
    full = registered(event, person(), person(), by=MembershipFactory().user)
    order = registered(event, person(mine.user), person(mine.colleague), by=mine.user, company=mine.company)
    for one in full.registrations.all():
        cancel(one)
    client.force_login(mine.colleague)
    client.post(reverse("events:decline_offer", args=[event.pk, order.pk]))
    assert list(order.registrations.order_by("pk").values_list("state", flat=True)) == ["offered", "cancelled"]
