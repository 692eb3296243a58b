"""Several clusters at once: no message is sent twice. And with the compare-and-swap taken away, it is."""

from functools import partial

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from lms.notifications import actions
from lms.notifications.models import Message
from lms.notifications.rules import LEASE, MessageState
from lms.notifications.tasks import sweep
from tests.factories.accounts import UserFactory
from tests.factories.notifications import KIND, MessageFactory
from tests.races import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_two_sweeps_share_the_work_and_send_everything_once() -> None:
    messages = MessageFactory.create_batch(20)
    results = at_once(sweep, sweep, after='ORDER BY "notifications_message"."next_try"')
    assert not [failure for failure in results if isinstance(failure, Exception)]
    sent = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert sorted(sent) == sorted(one.message_id for one in messages)
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_two_claimers_of_one_message_meet_and_one_gets_it() -> None:
    pk = MessageFactory().pk
    claimed = at_once(*[lambda: actions.claim(pk)] * 8, before='UPDATE "notifications_message"')
    assert len([one for one in claimed if one is not None]) == 1


def claim_without_comparing(message_id: int) -> Message | None:
    """Read, look, write: what `actions.claim` would be without the compare-and-swap."""
    message = Message.objects.select_related("recipient").get(pk=message_id)
    if message.state != MessageState.OWED:
        return None
    Message.objects.filter(pk=message_id).update(
        state=MessageState.SENDING,
        claim="00000000-0000-0000-0000-000000000001",
        lease_until=timezone.now() + LEASE,
        attempts=F("attempts") + 1,
    )
    return message


def test_without_comparing_it_is_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    MessageFactory()
    monkeypatch.setattr(actions, "claim", claim_without_comparing)
    monkeypatch.setattr(actions, "begin_hand_over", lambda message: True)
    at_once(sweep, sweep, after="LIMIT 21", alone=False)
    assert len(mail.outbox) == 2


def test_owing_the_same_at_once_owes_once() -> None:
    person = UserFactory()
    owe = partial(actions.owe, KIND, recipient=person, subject="thing:1", due=timezone.now())
    assert len({message.pk for message in at_once(owe, owe, after='FROM "notifications_message"')}) == 1
