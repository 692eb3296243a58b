"""What is done to messages. Every change names the state it comes from: whoever comes late changes nothing."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.accounts.rules import zone
from lms.notifications import kinds
from lms.notifications.models import Message
from lms.notifications.rules import (
    CANCELLABLE,
    LEASE,
    MAX_ATTEMPTS,
    RESOLVABLE,
    SENDABLE_NOW,
    MessageState,
    pause_after,
    state_after_refusal,
)


class Refused(Exception):
    """What staff asked for cannot be done any more; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def owe(kind: str, *, recipient: User, subject: str, due: datetime | None = None) -> Message:
    """Record once that `recipient` is owed a message of `kind` about `subject`, a reference such as `certificate:<id>`.

    Stands in the caller's transaction. Owing it again for the same day (in the recipient's time zone) changes nothing,
    so a caller that may run twice passes a `due` that comes from the facts, not from the clock.
    """
    kinds.kind_named(kind)
    due = due or timezone.now()
    message, _created = Message.objects.get_or_create(
        kind=kind,
        recipient=recipient,
        subject=subject,
        due_date=due.astimezone(zone(recipient.time_zone)).date(),
        defaults={"due": due, "next_try": due},
    )
    return message


def owe_many(kind: str, owed: Iterable[tuple[User, str]], *, due: datetime) -> None:
    """Record once each that these (recipient, subject) are owed a message of `kind`, as `owe` does. One statement."""
    kinds.kind_named(kind)
    Message.objects.bulk_create(
        (
            Message(
                kind=kind,
                recipient=recipient,
                subject=subject,
                due_date=due.astimezone(zone(recipient.time_zone)).date(),
                due=due,
                next_try=due,
            )
            for recipient, subject in owed
        ),
        ignore_conflicts=True,
    )


# --- One sender at a time --------------------------------------------------------------------------------------------


def claim(message_id: int) -> Message | None:
    """Take a message that is due, for as long as LEASE; None when someone else has it.

    The attempt is counted and committed before any work is done: what kills its sender is given up one day.
    """
    now, mine = timezone.now(), uuid.uuid4()
    with transaction.atomic(durable=True):
        won = Message.objects.filter(pk=message_id, state=MessageState.OWED, next_try__lte=now).update(
            state=MessageState.SENDING,
            claim=mine,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            handed_over_at=None,
            error="",
        )
    return Message.objects.select_related("recipient").filter(pk=message_id, claim=mine).first() if won else None


def begin_hand_over(message: Message) -> bool:
    """Write down that the mail server gets it now. False when another sender has the message: then do not send."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        return bool(_mine(message).filter(handed_over_at=None, lease_until__gt=now).update(handed_over_at=now))


def record_sent(message: Message) -> None:
    """The mail server has taken it. Also when that took so long that the message counted as unknown meanwhile."""
    mine = Message.objects.filter(
        pk=message.pk, claim=message.claim, state__in=[MessageState.SENDING, MessageState.UNKNOWN]
    )
    mine.update(state=MessageState.SENT, finished_at=timezone.now(), lease_until=None, error="")


def record_refused(message: Message, why: str) -> None:
    """It certainly was not sent: it waits for another attempt, or is given up after the last one."""
    state, now = state_after_refusal(message.attempts), timezone.now()
    _mine(message).update(
        state=state,
        next_try=now + pause_after(message.attempts),
        finished_at=now if state == MessageState.FAILED else None,
        lease_until=None,
        handed_over_at=None,
        error=why,
    )


def record_unknown(message: Message, why: str) -> None:
    """Nobody can say whether the mail server took it: a person looks. It is never sent again by itself."""
    _mine(message).update(state=MessageState.UNKNOWN, finished_at=timezone.now(), lease_until=None, error=why)


def record_cancelled(message: Message, why: str) -> None:
    """It does not apply any more."""
    _mine(message).update(state=MessageState.CANCELLED, finished_at=timezone.now(), lease_until=None, error=why)


def recover_expired() -> None:
    """Settle what a sender left behind that died: what was not handed over is owed again, what was is unknown."""
    now = timezone.now()
    left = Message.objects.filter(state=MessageState.SENDING, lease_until__lte=now)
    died = "the sender died before it handed the message over"
    left.filter(handed_over_at=None, attempts__lt=MAX_ATTEMPTS).update(
        state=MessageState.OWED, next_try=now, lease_until=None, error=died
    )
    left.filter(handed_over_at=None).update(state=MessageState.FAILED, finished_at=now, lease_until=None, error=died)
    left.exclude(handed_over_at=None).update(
        state=MessageState.UNKNOWN,
        finished_at=now,
        lease_until=None,
        error="the sender died after it handed the message over",
    )


def _mine(message: Message) -> QuerySet[Message]:
    """The message, if this sender still has it."""
    return Message.objects.filter(pk=message.pk, claim=message.claim, state=MessageState.SENDING)


# --- What staff decide -----------------------------------------------------------------------------------------------


def cancel(message: Message, *, by: User) -> Message:
    """Do not send it. Cancelling again changes nothing."""
    changes = {"state": MessageState.CANCELLED, "finished_at": timezone.now(), "error": _("Cancelled by staff.")}
    return _decide(message, "notifications.cancel", MessageState.CANCELLED, CANCELLABLE, changes, by=by)


def send_now(message: Message, *, by: User) -> Message:
    """Let the next sweep send it, whenever it was due and however often it was refused."""
    changes = {"state": MessageState.OWED, "next_try": timezone.now(), "attempts": 0, "finished_at": None, "error": ""}
    return _decide(message, "notifications.send_now", None, SENDABLE_NOW, changes, by=by)


def arrived(message: Message, *, by: User) -> Message:
    """Of an unknown one: the mail provider or the person says that it arrived. Saying so again changes nothing."""
    changes = {"state": MessageState.SENT, "error": ""}
    return _decide(message, "notifications.arrived", MessageState.SENT, RESOLVABLE, changes, by=by)


def send_again(message: Message, *, by: User) -> Message:
    """Of an unknown one: it did not arrive. The next sweep sends it, with the same Message-ID."""
    changes = {"state": MessageState.OWED, "next_try": timezone.now(), "attempts": 0, "finished_at": None, "error": ""}
    changes |= {"handed_over_at": None, "claim": None}
    return _decide(message, "notifications.send_again", None, RESOLVABLE, changes, by=by)


@transaction.atomic
def _decide(
    message: Message,
    action: str,
    result: MessageState | None,
    from_states: frozenset[MessageState],
    changes: Mapping[str, object],
    *,
    by: User,
) -> Message:
    """Lock, check, change, log. When `result` is there already, nothing changes."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    before = message.state
    if before == result:
        return message
    if before not in from_states:
        raise Refused(_("It is “%(state)s” by now. Nothing was changed.") % {"state": message.get_state_display()})
    for name, value in changes.items():
        setattr(message, name, value)
    message.save(update_fields=list(changes))
    log(message, action, user=by, data={"from": before, "to": str(message.state)})
    return message
