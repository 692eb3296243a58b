"""Mail about registrations, read as it arrives: what it says, to whom, once, and when it is not sent any more."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from lms.accounts.models import User
from lms.events.actions import (
    accept_offer,
    announce,
    approve,
    cancel,
    cancel_everybody,
    decline,
    end_offers,
    split,
)
from lms.events.actions.moving import locked
from lms.events.models import Event, Fee, Invited, Order, Registration
from lms.notifications.models import Message
from lms.notifications.tasks import send_due
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db

TITLES = {"title": "How hospitals buy", "place": "Spaces, Oslo"}
SPRING = {"starts_at": datetime(2031, 5, 30, 7, tzinfo=UTC), "ends_at": datetime(2031, 5, 30, 9, tzinfo=UTC)}


def sent() -> list[Any]:
    """The mails that went out since this was asked before."""
    send_due()
    letters = list(mail.outbox)
    mail.outbox.clear()
    return letters


def only() -> Any:
    (letter,) = sent()
    return letter


def anna(**fields: Any) -> Any:
    return MembershipFactory(user=UserFactory(full_name="Anna Berg", **fields))


def order_of(event: Event, membership: Any, *others: Any, **fields: Any) -> Order:
    people = [person(membership.user), *others]
    return registered(event, *people, by=membership.user, company=membership.company, **fields)


def test_a_place_is_confirmed_with_when_where_until_when_and_the_fee():
    event = EventFactory(**TITLES, sessions=[SPRING], time_zone="Europe/Oslo")
    Fee.objects.create(event=event, amount=500_000)
    order_of(event, anna())
    letter = only()
    assert letter.subject == "You have a place: How hospitals buy"
    for words in (
        "Hello Anna,",
        "When: Friday 30 May 2031, 09:00–11:00 (Europe/Oslo).",
        "Where: Spaces, Oslo.",
        "Fee: NOK 5,000, to be invoiced to the company.",
        "yourself until Friday 30 May 2031 at 09:00 (Europe/Oslo).",
        f"http://localhost:8000/events/{event.pk}/",
    ):
        assert words in letter.body
        assert words.replace("–", "–") in str(letter.alternatives[0][0])


def test_times_are_those_of_the_event_wherever_the_reader_is():
    days = [SPRING, {"starts_at": SPRING["starts_at"] + timedelta(days=2)}]
    event = EventFactory(**TITLES, sessions=days, time_zone="America/Chicago", status="tentative")
    order_of(event, anna(time_zone="Asia/Tokyo"))
    body = only().body
    assert "When: Friday 30 May 2031, 02:00, to Sunday 1 June 2031 (America/Chicago)." in body
    assert "This is not certain yet" in body


def test_an_hour_nobody_knows_yet_is_not_told():
    midnight = datetime(2031, 5, 29, 22, tzinfo=UTC)
    event = EventFactory(title="Day", sessions=[{"starts_at": midnight, "time_known": False}], link="https://m.example")
    order_of(event, anna())
    body = only().body
    assert "When: Friday 30 May 2031. The time is to come." in body
    assert "Where: online." in body
    assert "m.example" not in body


@pytest.mark.parametrize(("language", "subject"), [("en", "You have a place: How hospitals buy"), ("nb", None)])
def test_it_comes_in_the_readers_language(language, subject):
    order_of(EventFactory(**TITLES), anna(language=language))
    letter = only()
    assert subject is None or letter.subject == subject
    assert f'lang="{language}"' in str(letter.alternatives[0][0])


def test_every_turn_of_a_registration_is_told_once():
    event = EventFactory(**TITLES, capacity=1, offer_hours=5)
    first, mine = registration(event), order_of(event, anna()).registrations.get()
    assert "You are on the waiting list: How hospitals buy" in [one.subject for one in sent()]
    cancel(first)
    subjects = {one.subject: one.body for one in sent()}
    assert "Given up: your place at “How hospitals buy”" in subjects
    mine.refresh_from_db()
    until = mine.offered_until.astimezone(event.zone)
    assert f"kept for you until {until:%A} {until.day}" in subjects["A place is free for you: How hospitals buy"]
    accept_offer(mine.order)
    assert only().subject == "You have a place: How hospitals buy"
    assert sent() == []


def test_a_turn_that_a_later_one_overtook_is_not_told():
    mine = registration(EventFactory(**TITLES))
    cancel(mine)
    assert only().subject == "Given up: your place at “How hospitals buy”"


def test_an_offer_that_ran_out_says_what_can_be_done():
    event = EventFactory(**TITLES, capacity=1, offer_hours=1)
    first, second = registration(event), registration(event)
    cancel(first)
    second.refresh_from_db()
    end_offers(now=second.offered_until)
    Message.objects.update(next_try=timezone.now())
    (letter,) = [one for one in sent() if one.to == [second.email]]
    assert letter.subject == "The place was not taken in time: How hospitals buy"
    assert "register anew" in letter.body


def test_a_no_brings_the_organisers_words():
    event = EventFactory(**TITLES, approval=True)
    mine = registration(event)
    assert only().subject == "We have your request: How hospitals buy"
    decline([mine], by=event.owner, reason="For startups only.")
    letter = only()
    assert letter.subject == "No place this time: How hospitals buy"
    assert "The organiser writes: “For startups only.”" in letter.body


def test_a_colleague_without_an_account_is_told_through_who_registered_them():
    event, placer = EventFactory(**TITLES), anna()
    order_of(event, placer, person(name="Ola Ås"))
    assert [(one.to, one.subject) for one in sent()] == [
        ([placer.user.email], "You have a place: How hospitals buy"),
        ([placer.user.email], "Ola Ås has a place: How hospitals buy"),
    ]


def test_who_registered_others_without_coming_gets_one_mail_about_all_of_it():
    event, placer, colleague = EventFactory(**TITLES, capacity=9), anna(), UserFactory()
    Fee.objects.create(event=event, amount=250_000, each="person")
    people = [person(colleague), person(name="Ola Ås"), person(name="Per Å")]
    registered(event, *people, by=placer.user, company=placer.company, together=True)
    letters = {one.to[0]: one for one in sent()}
    assert sorted(letters) == sorted([placer.user.email, colleague.email])
    summary = letters[placer.user.email]
    assert summary.subject == "You registered colleagues for “How hospitals buy”"
    for words in ("Ola Ås: Has a place", "Per Å: Has a place", "together or not at all", "Fee: NOK 7,500"):
        assert words in summary.body


def test_a_summary_is_not_sent_when_nobody_of_it_comes():
    event, placer = EventFactory(), anna()
    order = registered(event, person(), by=placer.user, company=placer.company)
    cancel(order.registrations.get())
    assert [one.subject.startswith("Given up") for one in sent()] == [True]


def test_of_a_cancelled_event_nothing_is_said_of_single_registrations():
    event = EventFactory(**TITLES, capacity=1)
    registration(event)
    registration(event)
    Event.objects.filter(pk=event.pk).update(status="cancelled", cancelled_why="The speaker is ill.")
    cancel_everybody(locked(event.pk), now=timezone.now())
    assert sent() == []


def test_what_somebody_may_not_see_any_more_is_not_told_but_that_they_have_no_place_is():
    placer = anna()
    event = EventFactory(**TITLES, visibility="invited")
    invited = Invited.objects.create(event=event, company=placer.company)
    order = registered(event, person(name="Ola Ås"), by=placer.user, company=placer.company)
    invited.delete()
    assert sent() == []
    cancel(order.registrations.get())
    letter = only()
    assert "Ola Ås does not come" in letter.body
    assert f"/events/{event.pk}/" not in letter.body


def test_a_group_is_told_that_it_is_one():
    event = EventFactory(**TITLES, capacity=2, approval=True)
    order = order_of(event, anna(), person(), together=True)
    registered_first = registration(event)
    approve([registered_first], by=event.owner)
    sent()
    approve(list(order.registrations.all()), by=event.owner)
    assert any("You wait together" in one.body or "have a place" in one.body for one in sent())
    split(order, by=event.owner)


# --- An organiser's own words ----------------------------------------------------------------------------------------


def announced(event: Event, people: Any, **fields: Any) -> Any:
    text = "Dear all,\n\nthe door <b>closes</b> at nine."
    words = {"subject": "Bring your badge", "text": text, "token": uuid.uuid4()}
    return announce(event, people, by=event.owner, **(words | fields))


def test_a_message_reaches_each_person_once_as_it_was_typed():
    event = EventFactory(**TITLES, owner=UserFactory(full_name="Demo Organiser"))
    placer = anna()
    order_of(event, placer, person(), person())
    registration(event)
    sent()
    people = list(Registration.objects.filter(event=event).select_related("user", "order__placed_by"))
    token = uuid.uuid4()
    for _ in range(2):
        announced(event, people, token=token)
    letters = sent()
    assert len(letters) == 2
    assert {one.subject for one in letters} == {"Bring your badge (How hospitals buy)"}
    assert "Demo Organiser, an organiser of “How hospitals buy”, writes:" in letters[0].body
    assert "the door <b>closes</b> at nine." in letters[0].body
    assert "&lt;b&gt;closes&lt;/b&gt;" in str(letters[0].alternatives[0][0])


def test_who_has_left_before_it_is_sent_gets_no_message():
    event = EventFactory(**TITLES)
    mine = registration(event)
    announced(event, [mine])
    cancel(mine)
    assert [one.subject.startswith("Given up") for one in sent()] == [True]


def test_what_is_written_to_those_without_a_place_reaches_them():
    event = EventFactory(**TITLES)
    mine = registration(event)
    cancel(mine)
    sent()
    mine.refresh_from_db()
    announced(event, [mine])
    assert only().to == [mine.email]


# --- Hostile ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "Ola\r\nBcc: victim@example.org",
    "Ola\nSubject: other",
    "<script>alert(1)</script>",
    "%(event)s %s {0} {{ event }}",
    "=1+1",
    "\u202eola\u0000",
    "Å" * 140,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_or_title_stays_text_and_makes_no_header(name):
    event = EventFactory(title=name[:150], place=name, visibility="everyone")
    placer = anna()
    order_of(event, placer, person(name=name))
    order = registered(event, person(name=f"{name[:140]} 2"), by=UserFactory(), company=None)
    announced(
        event, list(order.registrations.select_related("user", "order__placed_by")), subject=name[:120], text=name
    )
    letters = sent()
    assert len(letters) == 4
    for letter in letters:
        read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        assert read["Bcc"] is None
        assert len(read.get_all("Subject")) == len(read.get_all("To")) == 1
        assert "<script>" not in str(letter.alternatives[0][0])


def test_nobody_is_written_to_who_has_no_account_any_more():
    user = UserFactory()
    registered(EventFactory(), person(user), by=user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert sent() == []
