"""A person's own events: theirs and those of the colleagues they registered, with what there is to do."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.events.actions import cancel
from lms.events.models import Event, Registration
from lms.events.selectors import events_of
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership


def page(client, query: str = "") -> str:
    answer = client.get(reverse("events:mine") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def come(mine, event=None, *others, **fields):
    event = event or EventFactory()
    return registered(event, person(mine.user), *others, by=mine.user, company=mine.company, **fields)


def over(event: Event) -> Event:
    """It was a year ago."""
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at - timedelta(days=365), ends_at=event.ends_at - timedelta(days=365)
    )
    return event


def test_nothing_yet_says_what_will_be_here(client, mine):
    html = page(client)
    assert "You are registered for nothing yet" in html
    assert 'aria-current="page">Events' in html


def test_whoever_is_not_signed_in_is_asked_to(client):
    assert "/accounts/login/" in client.get(reverse("events:mine"))["Location"]


def test_what_is_to_come_stands_before_what_has_been(client, mine):
    later = EventFactory(title="Later", sessions=[{"starts_at": timezone.now() + timedelta(days=30)}])
    past, soon = EventFactory(title="Past"), EventFactory(title="Soon")
    open_ended = EventFactory(title="Some day", sessions=[])
    for event in (past, later, open_ended, soon):
        come(mine, event)
    over(past)
    html = page(client)
    order = [html.index(f">{title}</a>") for title in ("Soon", "Later", "Some day", "Past")]
    assert order == sorted(order)
    assert "You had a place." in html
    assert html.count("Change or cancel") == 3


def test_an_offer_is_answered_from_the_list(client, mine):
    event = EventFactory(capacity=1)
    first = registration(event)
    order = come(mine, event)
    assert "You are number 1 in line." in page(client)
    cancel(first)
    html = page(client)
    assert "A place is free for you until" in html
    assert html.count(reverse("events:accept_offer", args=[event.pk, order.pk])) == 1


def test_colleagues_stand_with_their_states_and_others_do_not(client, mine):
    event = EventFactory(capacity=2)
    come(mine, event, person(name="Per Uten"), person(name="Pia Uten"))
    registration(event, company=mine.company)
    html = page(client)
    assert re.search(r"Per Uten</a> <span class=\"status status-done\">Has a place", html)
    assert re.search(r"Pia Uten</a> <span class=\"status status-now\">Number 1 in line", html)
    assert html.count('class="status ') == 3


def test_who_was_registered_by_a_colleague_sees_it(client, mine):
    colleague = MembershipFactory(company=mine.company)
    registered(EventFactory(title="Hers"), person(mine.user), by=colleague.user, company=mine.company)
    assert "Hers" in page(client)


def test_a_place_given_up_is_left_out_once_there_is_another(mine):
    event = EventFactory()
    cancel(come(mine, event).registrations.get())
    coming, _past = events_of(mine.user, now=timezone.now())
    assert [one.registration.state for one in coming[0].own] == ["cancelled"]
    come(mine, event)
    coming, _past = events_of(mine.user, now=timezone.now())
    assert [one.registration.state for one in coming[0].own] == ["confirmed"]


def test_a_cancelled_event_says_so_and_offers_nothing(client, mine):
    event = EventFactory()
    come(mine, event)
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    html = page(client)
    assert "The event is cancelled, and your place with it." in html
    assert "Change or cancel" not in html


def test_what_has_been_is_paged(client, mine):
    for number in range(21):
        event = EventFactory(title=f"No. {number:02}")
        come(mine, event)
        over(event)
    assert page(client).count("No. ") == 20
    assert page(client, "?page=2").count("No. ") == 1
    assert page(client, "?page=x").count("No. ") == 20


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_takes_the_same_statements_at_3_and_300(client, mine, number, django_assert_max_num_queries):
    owner = UserFactory()
    Event.objects.bulk_create(
        Event(kind="workshop", title=f"E{n}", owner=owner, capacity=0, starts_at=when, ends_at=when)
        for n in range(number)
        for when in [timezone.now() + timedelta(days=n - number // 2, hours=1)]
    )
    template = come(mine).registrations.get()
    Registration.objects.bulk_create(
        Registration(
            order=template.order, event=event, user=mine.user, name="K", email=mine.user.email,
            state="waiting", join_key=f"k{event.pk}",
        )
        for event in Event.objects.filter(title__startswith="E")
    )  # fmt: skip
    with django_assert_max_num_queries(8):
        assert "You are number 1 in line." in page(client)
