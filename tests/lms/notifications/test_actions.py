"""Owing once, one sender at a time, what a dead sender leaves behind, what staff decide."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from lms.notifications import actions
from lms.notifications.actions import owe
from lms.notifications.models import Message
from lms.notifications.rules import LEASE, MAX_ATTEMPTS, MessageState, pause_after, state_after_refusal
from tests.factories.accounts import UserFactory
from tests.factories.notifications import KIND, MessageFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


# --- Owing -----------------------------------------------------------------------------------------------------------


def test_owing_twice_owes_once() -> None:
    person = UserFactory()
    first = owe(KIND, recipient=person, subject="thing:1", due=NOON)
    assert owe(KIND, recipient=person, subject="thing:1", due=NOON + timedelta(hours=1)) == first
    assert Message.objects.count() == 1


def test_another_person_subject_or_day_is_another_message() -> None:
    person = UserFactory()
    owe(KIND, recipient=person, subject="thing:1", due=NOON)
    owe(KIND, recipient=UserFactory(), subject="thing:1", due=NOON)
    owe(KIND, recipient=person, subject="thing:2", due=NOON)
    owe(KIND, recipient=person, subject="thing:1", due=NOON + timedelta(days=1))
    assert Message.objects.count() == 4


def test_a_kind_nobody_registered_is_refused() -> None:
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        owe("nobody.knows", recipient=UserFactory(), subject="thing:1")


@pytest.mark.parametrize(
    ("zone", "due", "day"),
    [
        ("Europe/Oslo", "2026-01-05 22:59Z", date(2026, 1, 5)),
        ("Europe/Oslo", "2026-01-05 23:01Z", date(2026, 1, 6)),
        ("America/Chicago", "2026-01-06 05:59Z", date(2026, 1, 5)),
        ("America/Chicago", "2026-01-06 06:01Z", date(2026, 1, 6)),
        ("Europe/Oslo", "2026-03-28 22:59Z", date(2026, 3, 28)),  # the night the clocks go forward
        ("Europe/Oslo", "2026-03-28 23:01Z", date(2026, 3, 29)),
        ("Europe/Oslo", "2026-03-29 21:59Z", date(2026, 3, 29)),
        ("Europe/Oslo", "2026-03-29 22:01Z", date(2026, 3, 30)),
        ("Europe/Oslo", "2026-10-25 22:59Z", date(2026, 10, 25)),  # and back: a day of 25 hours
        ("Europe/Oslo", "2026-10-25 23:01Z", date(2026, 10, 26)),
        ("Nowhere/Nothing", "2026-01-05 23:01Z", date(2026, 1, 6)),
    ],
)
def test_the_day_is_the_recipients(zone: str, due: str, day: date) -> None:
    message = owe(KIND, recipient=UserFactory(time_zone=zone), subject="thing:1", due=datetime.fromisoformat(due))
    assert message.due_date == day


def test_a_message_keeps_its_id_whenever_it_is_sent() -> None:
    message = MessageFactory()
    before = message.message_id
    message.attempts, message.state = 3, MessageState.FAILED
    assert message.message_id == before
    assert MessageFactory().message_id != before


# --- One sender ------------------------------------------------------------------------------------------------------


def test_only_one_of_two_gets_it() -> None:
    message = MessageFactory()
    first, second = actions.claim(message.pk), actions.claim(message.pk)
    assert first is not None
    assert second is None
    assert (first.state, first.attempts, first.handed_over_at) == (MessageState.SENDING, 1, None)


def test_what_is_not_due_yet_or_settled_is_not_claimed() -> None:
    assert actions.claim(MessageFactory(next_try=timezone.now() + timedelta(seconds=30)).pk) is None
    for state in set(MessageState) - {MessageState.OWED, MessageState.SENDING}:
        assert actions.claim(MessageFactory(state=state).pk) is None


def test_a_sender_that_lost_the_message_neither_sends_nor_records() -> None:
    """It slept past its lease; another one has claimed the message since."""
    message = MessageFactory()
    slow = actions.claim(message.pk)
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        actions.recover_expired()
        quick = actions.claim(message.pk)
        assert slow
        assert quick
        assert not actions.begin_hand_over(slow)
        actions.record_sent(slow)
        actions.record_refused(slow, "late")
        actions.record_unknown(slow, "late")
        message.refresh_from_db()
        assert (message.state, message.attempts, message.error) == (MessageState.SENDING, 2, "")
        assert actions.begin_hand_over(quick)


def test_nobody_hands_over_after_the_lease_even_when_nobody_else_came() -> None:
    message = actions.claim(MessageFactory().pk)
    assert message is not None
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert not actions.begin_hand_over(message)


def test_nobody_hands_over_twice() -> None:
    message = actions.claim(MessageFactory().pk)
    assert message is not None
    assert actions.begin_hand_over(message)
    assert not actions.begin_hand_over(message)


@pytest.mark.parametrize(
    ("handed_over", "attempts", "becomes"),
    [(False, 1, "owed"), (False, MAX_ATTEMPTS, "failed"), (True, 1, "unknown"), (True, MAX_ATTEMPTS, "unknown")],
)
def test_what_a_dead_sender_leaves_behind(handed_over: bool, attempts: int, becomes: str) -> None:
    message = actions.claim(MessageFactory(attempts=attempts - 1).pk)
    assert message is not None
    if handed_over:
        actions.begin_hand_over(message)
    actions.recover_expired()
    message.refresh_from_db()
    assert message.state == "sending", "the lease still runs"
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        actions.recover_expired()
        message.refresh_from_db()
        assert message.state == becomes
        assert "died" in message.error
        again = actions.claim(message.pk)
        assert (again is not None) == (becomes == "owed")


def test_a_refusal_waits_longer_each_time_and_is_given_up() -> None:
    message = MessageFactory()
    pauses = []
    now = timezone.now()
    for _ in range(MAX_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            claimed = actions.claim(message.pk)
            assert claimed is not None
            actions.begin_hand_over(claimed)
            actions.record_refused(claimed, "mailbox full")
            message.refresh_from_db()
            pauses.append((message.next_try - now) / timedelta(minutes=1))
            assert message.handed_over_at is None
        now = message.next_try
    assert pauses == [1, 4, 16, 64, 256]
    assert (message.state, message.attempts, message.error) == (MessageState.FAILED, MAX_ATTEMPTS, "mailbox full")
    assert message.finished_at is not None


def test_rules_of_refusal() -> None:
    assert [state_after_refusal(n) for n in (1, MAX_ATTEMPTS - 1, MAX_ATTEMPTS)] == ["owed", "owed", "failed"]
    assert pause_after(0) == pause_after(1) == timedelta(minutes=1)


class Sender:
    """One cluster's worker, stepped through by the test; it may die at any step."""

    def __init__(self, mailbox: list[Any]) -> None:
        self.mailbox, self.message, self.handed = mailbox, None, False

    def step(self, pk: int) -> None:
        if self.message is None:
            self.message, self.handed = actions.claim(pk), False
        elif not self.handed:
            self.handed = actions.begin_hand_over(self.message)
            if self.handed:
                self.mailbox.append(self.message.message_id)  # the server has it; the record is still to be written
            else:
                self.message = None
        else:
            actions.record_sent(self.message)
            self.message = None

    def die(self) -> None:
        self.message = None


WHAT_HAPPENS = ["step", "step", "step", "die", "wait", "sweep"]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["step", "step", "step", "die", "wait", "sweep"])),
        max_size=40,
    )
)
def test_no_order_of_steps_deaths_and_waits_sends_it_twice(steps: list[tuple[str, str]]) -> None:
    Message.objects.all().delete()
    pk = MessageFactory().pk
    mailbox: list[Any] = []
    senders = {name: Sender(mailbox) for name in "abc"}
    clock = timezone.now()
    for name, what in steps:
        clock += LEASE * 2 if what == "wait" else timedelta(seconds=1)
        with time_machine.travel(clock, tick=False):
            if what == "step":
                senders[name].step(pk)
            elif what == "die":
                senders[name].die()
            elif what == "sweep":
                actions.recover_expired()
    assert len(mailbox) <= 1
    with time_machine.travel(clock + LEASE * 2, tick=False):
        actions.recover_expired()
    state = Message.objects.get(pk=pk).state
    assert (state in {"sent", "unknown"}) == (len(mailbox) == 1)


# --- Staff -----------------------------------------------------------------------------------------------------------

ALLOWED = {
    actions.cancel: ({"owed", "failed"}, "cancelled"),
    actions.send_now: ({"owed", "failed"}, "owed"),
    actions.arrived: ({"unknown"}, "sent"),
    actions.send_again: ({"unknown"}, "owed"),
}


@pytest.mark.parametrize("decision", ALLOWED)
@pytest.mark.parametrize("state", MessageState)
def test_staff_decide_only_what_fits_the_state(decision: Any, state: MessageState) -> None:
    staff = UserFactory()
    message = MessageFactory(next_try=timezone.now() + timedelta(days=3), attempts=MAX_ATTEMPTS)
    if state == MessageState.SENDING:
        Message.objects.filter(pk=message.pk).update(next_try=timezone.now())
        actions.claim(message.pk)
    else:
        Message.objects.filter(pk=message.pk).update(state=state)
    states, becomes = ALLOWED[decision]
    if state in states:
        decision(message, by=staff)
        message.refresh_from_db()
        assert message.state == becomes
        [entry] = ModelLogEntry.objects.filter(user=staff)
        assert entry.data == {"from": state, "to": becomes}
        if becomes == "owed":
            assert actions.claim(message.pk) is not None, "it goes out with the next sweep"
    elif state == becomes and decision in {actions.cancel, actions.arrived}:
        assert decision(message, by=staff).state == state
        assert not ModelLogEntry.objects.exists()
    else:
        with pytest.raises(actions.Refused, match="by now"):
            decision(message, by=staff)
        message.refresh_from_db()
        assert message.state == state


def test_a_late_word_of_the_old_sender_does_not_settle_what_staff_sent_again() -> None:
    old = actions.claim(MessageFactory().pk)
    assert old is not None
    actions.begin_hand_over(old)
    actions.record_unknown(old, "timed out")
    actions.send_again(old, by=UserFactory())
    actions.record_sent(old)
    assert Message.objects.get().state == "owed"
