"""What organisers answer: yes, no, out of turn, one by one; and what a cancelled event does to everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.events.actions import (
    Refused,
    accept_offer,
    approve,
    cancel,
    cancel_everybody,
    cancel_for,
    decline,
    offer_out_of_turn,
    split,
)
from lms.events.actions.moving import locked
from lms.events.models import Event, Order, Registration
from lms.events.rules import Cause
from lms.events.wagtail_hooks import sentence
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory()


def states(event: Event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def group(event: Event, size: int, *, together: bool = True) -> Order:
    return registered(event, *[person() for _ in range(size)], by=MembershipFactory().user, together=together)


def everybody(event: Event) -> list[Registration]:
    return list(Registration.objects.filter(event=event).order_by("pk"))


def test_each_who_is_approved_has_a_place_while_there_are_any_in_the_order_they_asked(organiser):
    event = EventFactory(approval=True, capacity=2)
    asked = [registration(event) for _ in range(3)]
    answered = approve(asked[::-1], by=organiser)
    assert len(answered.done) == 3
    assert states(event) == ["confirmed", "confirmed", "waiting"]


def test_an_early_request_approved_late_has_its_old_turn_in_the_line(organiser):
    event = EventFactory(approval=True, capacity=1)
    early, late, later = (registration(event) for _ in range(3))
    approve([late, later], by=organiser)
    approve([early], by=organiser)
    assert states(event) == ["waiting", "confirmed", "waiting"]
    late.refresh_from_db()
    cancel(late)
    assert states(event) == ["offered", "cancelled", "waiting"]


def test_a_request_approved_while_a_group_holds_the_line_waits_behind_it(organiser):
    event = EventFactory(approval=True, capacity=3)
    first = registration(event)
    approve([first], by=organiser)
    order, single = group(event, 3), registration(event)
    approve(list(order.registrations.all()), by=organiser)
    approve([single], by=organiser)
    assert states(event) == ["confirmed", "waiting", "waiting", "waiting", "waiting"]


def test_a_request_that_asked_before_the_group_has_the_place_kept_for_it(organiser):
    event = EventFactory(approval=True, capacity=3)
    first, early = registration(event), registration(event)
    order = group(event, 3)
    approve([first, *order.registrations.all()], by=organiser)
    approve([early], by=organiser)
    assert states(event) == ["confirmed", "confirmed", "waiting", "waiting", "waiting"]


def test_a_group_is_approved_whole_or_not_at_all(organiser):
    event = EventFactory(approval=True, capacity=5)
    single, order = registration(event), group(event, 3)
    one, *_rest = order.registrations.order_by("pk")
    answered = approve([single, one], by=organiser)
    assert [each.pk for each in answered.done] == [single.pk]
    ((refused, why),) = answered.refused
    assert refused.pk == one.pk
    assert "together" in why
    assert states(event) == ["confirmed", "requested", "requested", "requested"]
    assert not approve(list(order.registrations.all()), by=organiser).refused
    assert states(event) == ["confirmed"] * 4


def test_a_group_of_which_one_left_is_approved_as_the_rest_of_it(organiser):
    event = EventFactory(approval=True, capacity=2)
    order = group(event, 2)
    cancel(order.registrations.first())
    answered = approve(list(order.registrations.filter(state="requested")), by=organiser)
    assert not answered.refused
    assert states(event) == ["cancelled", "confirmed"]


def test_a_group_that_became_larger_than_the_event_must_be_split(organiser):
    event = EventFactory(approval=True, capacity=3)
    order = group(event, 3)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    answered = approve(list(order.registrations.all()), by=organiser)
    assert len(answered.refused) == 3
    assert "2 places in all" in answered.refused[0][1]
    split(order, by=organiser)
    approve(list(order.registrations.all()), by=organiser)
    assert states(event) == ["confirmed", "confirmed", "waiting"]


def test_each_row_is_answered_on_its_own_and_the_same_answer_again_changes_nothing(organiser):
    event = EventFactory(approval=True)
    asked, gone = registration(event), registration(event)
    cancel(gone)
    answered = approve([asked, gone], by=organiser)
    assert [one.pk for one in answered.done] == [asked.pk]
    assert [why for _one, why in answered.refused] == [f"{gone.name}: “Cancelled” by now, so this cannot be done."]
    assert approve([asked, gone], by=organiser).done == []
    assert ModelLogEntry.objects.filter(action="events.approve").count() == 1


def test_a_no_says_why_and_leaves_the_place_to_the_next(organiser):
    event = EventFactory(capacity=1)
    first, second, third = (registration(event) for _ in range(3))
    cancel(first)
    answered = decline([second, first], by=organiser, reason="  For startups only.  ")
    assert len(answered.refused) == 1
    assert states(event) == ["cancelled", "declined", "offered"]
    second.refresh_from_db()
    assert (second.cause, second.reason) == (Cause.BY_ORGANISER, "For startups only.")
    entry = ModelLogEntry.objects.get(action="events.decline")
    assert entry.data == {"registrations": [second.pk], "reason": "For startups only."}
    assert sentence(entry.action, entry.data) == "Declined: 1 person"
    assert third.state == "waiting"


def test_a_place_is_not_declined_but_cancelled(organiser):
    event = EventFactory(capacity=1, change_until=timezone.now() - timedelta(days=1))
    first, _second = registration(event), registration(event)
    assert "Has a place" in decline([first], by=organiser).refused[0][1]
    assert len(cancel_for([first], by=organiser).done) == 1
    assert states(event) == ["cancelled", "offered"]
    assert cancel_for([first], by=organiser).done == []


def test_who_was_declined_may_ask_anew(organiser):
    event, membership = EventFactory(approval=True), MembershipFactory()
    mine = registered(event, person(membership.user), by=membership.user).registrations.get()
    decline([mine], by=organiser)
    registered(event, person(membership.user), by=membership.user)
    assert states(event) == ["declined", "requested"]


def test_rows_of_another_event_are_not_answered(organiser):
    event, other = EventFactory(approval=True), EventFactory(approval=True)
    mine, theirs = registration(event), registration(other)
    approve([mine, theirs], by=organiser)
    assert (states(event), states(other)) == (["confirmed"], ["requested"])
    assert approve([], by=organiser).done == decline([], by=organiser).done == cancel_for([], by=organiser).done == []


# --- Out of turn -----------------------------------------------------------------------------------------------------


def held(size: int = 2) -> tuple[Event, Order, Registration]:
    """An event with one place free that is kept for a group, and somebody alone behind it."""
    event = EventFactory(capacity=2)
    registration(event)
    return event, group(event, size), registration(event)


def test_a_kept_place_is_offered_out_of_turn_with_a_reason_that_stays(organiser):
    event, _order, single = held()
    offer_out_of_turn(single, by=organiser, reason="Speaks in the first session.")
    assert states(event) == ["confirmed", "waiting", "waiting", "offered"]
    assert offer_out_of_turn(single, by=organiser, reason="Again.") == []
    entry = ModelLogEntry.objects.get(action="events.offer_out_of_turn")
    assert entry.data["reason"] == "Speaks in the first session."
    accept_offer(single.order)
    assert states(event)[-1] == "confirmed"


def test_out_of_turn_is_refused_without_a_reason_without_a_place_and_for_who_does_not_wait(organiser):
    event, order, single = held()
    with pytest.raises(Refused) as refusal:
        offer_out_of_turn(single, by=organiser, reason="  ")
    assert refusal.value.field == "reason"
    with pytest.raises(Refused, match="needs 2, and 1 place is free"):
        offer_out_of_turn(order.registrations.first(), by=organiser, reason="Because.")
    with pytest.raises(Refused, match="Has a place"):
        offer_out_of_turn(everybody(event)[0], by=organiser, reason="Because.")
    offer_out_of_turn(single, by=organiser, reason="Because.")
    other = registration(event)
    with pytest.raises(Refused, match="0 places are free"):
        offer_out_of_turn(other, by=organiser, reason="Because.")
    assert not ModelLogEntry.objects.filter(action="events.offer_out_of_turn").count() > 1


def test_a_group_that_is_split_has_what_was_kept_for_it_one_by_one(organiser):
    event, order, _single = held()
    split(order, by=organiser)
    split(order, by=organiser)
    assert states(event) == ["confirmed", "offered", "waiting", "waiting"]
    assert ModelLogEntry.objects.filter(action="events.split").count() == 1


# --- A cancelled event -----------------------------------------------------------------------------------------------


def test_a_cancelled_event_ends_every_open_registration_and_nobody_moves_up(organiser):
    event = EventFactory(capacity=2)
    first, second, third, fourth, fifth = (registration(event) for _ in range(5))
    Registration.objects.filter(pk=second.pk).update(state="attended")
    cancel(first)
    Registration.objects.filter(pk=fifth.pk).update(state="requested")
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    before = Message.objects.count()
    done = cancel_everybody(locked(event.pk), now=timezone.now())
    assert states(event) == ["cancelled", "attended", "cancelled", "cancelled", "cancelled"]
    assert {one.pk for one in done} == {third.pk, fourth.pk, fifth.pk}
    assert {one.cause for one in everybody(event)[2:]} == {Cause.EVENT_CANCELLED}
    assert Message.objects.count() == before
    assert cancel_everybody(locked(event.pk), now=timezone.now()) == []


def test_nobody_is_answered_at_a_cancelled_event(organiser):
    event = EventFactory(approval=True, status="cancelled")
    Event.objects.filter(pk=event.pk).update(status="confirmed")
    asked = registration(event)
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    assert approve([asked], by=organiser).refused[0][1] == "The event is cancelled."
    assert states(event) == ["requested"]
