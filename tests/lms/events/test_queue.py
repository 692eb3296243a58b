"""The waiting line: who is offered a place, for how long, and what they may do with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.events.actions import Refused, accept_offer, cancel, change, decline_offer, end_offers, move_up, register
from lms.events.models import Event, Fee, Order, Registration
from lms.events.rules import Cause
from lms.events.tasks import move_up as sweep
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def states(event: Event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def group(event: Event, size: int, *, together: bool = True) -> Order:
    return registered(event, *[person() for _ in range(size)], by=MembershipFactory().user, together=together)


def resized(event: Event, capacity: int | None) -> None:
    """As an organiser changes the number of places, without the moving up that belongs to it."""
    Event.objects.filter(pk=event.pk).update(capacity=capacity)


# --- Places that come free -------------------------------------------------------------------------------------------


def test_a_raised_capacity_moves_people_up_at_the_next_sweep():
    event = EventFactory(capacity=1)
    for _ in range(3):
        registration(event)
    resized(event, 2)
    sweep()
    assert states(event) == ["confirmed", "offered", "waiting"]
    resized(event, None)
    move_up(event.pk)
    assert states(event) == ["confirmed", "offered", "offered"]


def test_a_lowered_capacity_takes_nothing_from_anybody_and_gives_nothing():
    event = EventFactory(capacity=3)
    first, *_others = [registration(event) for _ in range(4)]
    resized(event, 1)
    cancel(first)
    assert states(event) == ["cancelled", "confirmed", "confirmed", "waiting"]


def test_the_sweep_leaves_alone_what_is_over_or_cancelled():
    over, gone = EventFactory(capacity=1), EventFactory(capacity=1)
    for event in (over, gone):
        for _ in range(2):
            registration(event)
        resized(event, 9)
    Event.objects.filter(pk=gone.pk).update(status="cancelled")
    end_offers(now=over.ends_at)
    assert states(over) == states(gone) == ["confirmed", "waiting"]


def test_a_group_holds_the_line_until_there_is_room_for_all_of_it():
    event = EventFactory(capacity=2)
    first, second = registration(event), registration(event)
    group(event, 2)
    registration(event)
    cancel(first)
    assert states(event)[2:] == ["waiting", "waiting", "waiting"]
    cancel(second)
    assert states(event)[2:] == ["offered", "offered", "waiting"]


def test_a_group_that_shrinks_may_fit():
    event = EventFactory(capacity=3)
    here = registration(event)
    order = group(event, 3)
    registration(event)
    cancel(order.registrations.first())
    assert states(event) == ["confirmed", "cancelled", "offered", "offered", "waiting"]
    assert here.state == "confirmed"


def test_a_group_that_goes_lets_the_next_move_up():
    event = EventFactory(capacity=2)
    registration(event)
    order = group(event, 2)
    registration(event)
    for one in order.registrations.all():
        cancel(one)
    assert states(event) == ["confirmed", "cancelled", "cancelled", "offered"]


def test_a_group_larger_than_the_event_would_stop_the_line_for_good_and_is_refused():
    event = EventFactory(capacity=2)
    with pytest.raises(Refused, match="2 places in all") as refusal:
        group(event, 3)
    assert refusal.value.field == "people"
    assert group(event, 3, together=False).registrations.count() == 3


def test_people_who_come_one_by_one_have_what_is_free_and_wait_for_the_rest():
    event = EventFactory(capacity=2)
    group(event, 3, together=False)
    assert states(event) == ["confirmed", "confirmed", "waiting"]


# --- Offers ----------------------------------------------------------------------------------------------------------


def offered_one(event: Event) -> Registration:
    first = registration(event)
    second = registration(event)
    cancel(first)
    second.refresh_from_db()
    return second


def test_an_offer_lasts_as_long_as_the_event_says_but_not_beyond_its_beginning():
    event = EventFactory(capacity=1, offer_hours=48)
    offer = offered_one(event)
    assert offer.offered_until == offer.state_since + timedelta(hours=48)
    late = EventFactory(capacity=1, offer_hours=48)
    first, second = registration(late), registration(late)
    cancel(first, now=late.starts_at - timedelta(hours=1))
    second.refresh_from_db()
    assert second.offered_until == late.starts_at


def test_an_offer_just_before_the_beginning_still_leaves_time_to_take_it():
    event = EventFactory(capacity=1)
    first, second = registration(event), registration(event)
    now = event.starts_at - timedelta(minutes=1)
    cancel(first, now=now)
    second.refresh_from_db()
    assert second.offered_until == now + timedelta(minutes=10)


def test_an_offer_that_runs_out_goes_to_the_next():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    registration(event)
    end_offers(now=offer.offered_until)
    assert states(event) == ["cancelled", "declined", "offered"]
    offer.refresh_from_db()
    assert (offer.cause, offer.offered_until) == (Cause.OFFER_RAN_OUT, None)
    end_offers(now=timezone.now())
    assert states(event) == ["cancelled", "declined", "offered"]


def test_a_groups_offer_runs_out_for_all_of_it():
    event = EventFactory(capacity=2)
    here = registered(event, person(), person(), by=MembershipFactory().user)
    order = group(event, 2)
    for one in here.registrations.all():
        cancel(one)
    assert states(event)[2:] == ["offered", "offered"]
    sweep_at = order.registrations.first().offered_until
    end_offers(now=sweep_at)
    assert states(event)[2:] == ["declined", "declined"]


def test_taking_it_twice_takes_it_once():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    assert [one.pk for one in accept_offer(offer.order)] == [offer.pk]
    assert accept_offer(offer.order) == []
    assert Message.objects.filter(subject__startswith=f"registration:{offer.pk}:").count() == 3


def test_leaving_it_twice_leaves_it_once_and_then_it_cannot_be_taken():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    registration(event)
    assert len(decline_offer(offer.order)) == 1
    assert decline_offer(offer.order) == []
    with pytest.raises(Refused, match="Nobody here is offered"):
        accept_offer(offer.order)
    assert states(event) == ["cancelled", "cancelled", "offered"]


def test_a_place_that_was_taken_is_not_left_by_a_late_no():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    accept_offer(offer.order)
    assert decline_offer(offer.order) == []
    assert states(event) == ["cancelled", "confirmed"]


def test_too_late_is_too_late_before_the_sweep_and_after_it():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    late = offer.offered_until
    with pytest.raises(Refused, match="time to take this place is over"):
        accept_offer(offer.order, now=late)
    end_offers(now=late)
    with pytest.raises(Refused, match="time to take this place is over"):
        accept_offer(offer.order, now=late)


def test_who_is_in_time_is_not_stopped_by_a_colleague_whose_offer_ran_out():
    event = EventFactory(capacity=2)
    first, second = registration(event), registration(event)
    order = group(event, 2, together=False)
    cancel(first)
    cancel(second, now=timezone.now() + timedelta(hours=12))
    late = order.registrations.first().offered_until
    assert [one.state for one in accept_offer(order, now=late)] == ["confirmed"]
    assert states(event)[2:] == ["offered", "confirmed"]


def test_one_of_several_may_take_theirs_but_not_one_of_a_group():
    event = EventFactory(capacity=2)
    first, second = registration(event), registration(event)
    apart = group(event, 2, together=False)
    cancel(first)
    cancel(second)
    accept_offer(apart, only=[apart.registrations.last().pk])
    assert states(event)[2:] == ["offered", "confirmed"]
    Order.objects.filter(pk=apart.pk).update(together=True)
    accept_offer(apart, only=[])
    assert states(event)[2:] == ["confirmed", "confirmed"]


def test_nothing_is_taken_at_a_cancelled_event():
    event = EventFactory(capacity=1)
    offer = offered_one(event)
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    with pytest.raises(Refused, match="cancelled"):
        accept_offer(offer.order)


# --- Leaving and coming back -----------------------------------------------------------------------------------------


def test_who_left_may_register_anew_at_the_end_of_the_line():
    event, membership = EventFactory(capacity=1), MembershipFactory()
    mine = registered(event, person(membership.user), by=membership.user).registrations.get()
    registration(event)
    cancel(mine)
    registered(event, person(membership.user), by=membership.user)
    assert states(event) == ["cancelled", "offered", "waiting"]


def test_who_waits_may_leave_after_the_deadline_but_who_has_a_place_asks_an_organiser():
    event = EventFactory(capacity=1, change_until=timezone.now())
    first, second = registration(event), registration(event)
    now = timezone.now() + timedelta(minutes=1)
    assert cancel(second, now=now).state == "cancelled"
    with pytest.raises(Refused, match="Ask an organiser"):
        cancel(first, now=now)


def test_what_has_ended_is_not_changed():
    event = EventFactory()
    mine = registration(event)
    cancel(mine)
    with pytest.raises(Refused, match="has ended"):
        change(mine, answers={"1": "Yes"}, sessions=())


def test_the_same_person_under_another_address_is_the_same_person():
    event, membership = EventFactory(), MembershipFactory()
    registered(event, person(membership.user), by=membership.user)
    with pytest.raises(Refused, match="registered already"):
        registered(event, person(membership.user, email="other@example.org"), by=membership.user)


def test_a_form_of_one_event_sent_to_another_registers_nobody():
    event, other, membership = EventFactory(), EventFactory(), MembershipFactory()
    order = registered(event, person(membership.user), by=membership.user)
    with pytest.raises(Refused, match="another event"):
        register(other, [person(membership.user)], by=membership.user, company=None, token=order.token)
    assert not Registration.objects.filter(event=other).exists()


# --- Fees ------------------------------------------------------------------------------------------------------------


def test_a_companys_fee_passes_on_when_the_one_it_stood_with_does_not_come():
    event, membership = EventFactory(), MembershipFactory()
    Fee.objects.create(event=event, amount=500_000, each="company")
    one, other = registered(
        event, person(membership.user), person(), by=membership.user, company=membership.company
    ).registrations.order_by("pk")
    assert (one.fee, other.fee) == (500_000, 0)
    cancel(one)
    assert list(Registration.objects.order_by("pk").values_list("fee", flat=True)) == [0, 500_000]
    cancel(other)
    registered(event, person(), by=membership.user, company=membership.company)
    assert list(Registration.objects.order_by("pk").values_list("fee", flat=True)) == [0, 500_000, 500_000]


def test_a_fee_for_each_person_stays_with_each():
    event, membership = EventFactory(), MembershipFactory()
    Fee.objects.create(event=event, amount=90_000, each="person")
    one, _other = registered(
        event, person(membership.user), person(), by=membership.user, company=membership.company
    ).registrations.order_by("pk")
    cancel(one)
    assert list(Registration.objects.order_by("pk").values_list("fee", flat=True)) == [90_000, 90_000]
