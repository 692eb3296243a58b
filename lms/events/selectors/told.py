"""Who was told of a change, and who is still to be told: read from the outbox."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.accounts.models import User
from lms.events.models import Change, Event
from lms.events.rules import EventStatus, Schedule
from lms.events.selectors.schedule import differences, schedule_of
from lms.notifications.models import Message
from lms.notifications.rules import MessageState

CHANGED = "events.changed"
"""The kind of message about a change; its subject is `event:<id>:<sequence>`."""

CANCELLED = "events.cancelled"
"""The kind of message about a cancellation; its subject is the same."""

WAITING = frozenset({MessageState.OWED, MessageState.SENDING})


@dataclass(frozen=True, slots=True)
class Told:
    """One change: what it was, in sentences, and how many were told.

    `unreached` are the names of those whose mail was given up, or handed over and never confirmed.
    `not_sent` counts those whom a later change told instead, and those who do not come any more.
    """

    sequence: int
    at: datetime
    by: User | None
    what: list[str]
    told: int
    waiting: int
    not_sent: int
    unreached: list[str]


def subject_of(event_id: int, sequence: int) -> str:
    return f"event:{event_id}:{sequence}"


def changes_told(event: Event) -> list[Told]:
    """Every change of when, where and whether, the newest first. Three queries."""
    changes = list(Change.objects.filter(event=event).select_related("by"))
    if not changes:
        return []
    messages = _messages(event, [change.sequence for change in changes])
    befores = [Schedule.from_json(change.before) for change in changes]
    afters = [*befores[1:], schedule_of(event)]
    return [
        _told(change, differences(before, after), messages.get(change.sequence, []))
        for change, before, after in zip(reversed(changes), reversed(befores), reversed(afters), strict=True)
    ]


def _messages(event: Event, sequences: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """State and recipient's name of each message, by the sequence it is about."""
    subjects = {subject_of(event.pk, sequence): sequence for sequence in sequences}
    found = Message.objects.filter(kind__in=[CHANGED, CANCELLED], subject__in=subjects)
    messages: dict[int, list[tuple[str, str]]] = {}
    for subject, state, name in found.order_by("pk").values_list("subject", "state", "recipient__full_name"):
        messages.setdefault(subjects[subject], []).append((state, name))
    return messages


def _told(change: Change, what: list[str], messages: list[tuple[str, str]]) -> Told:
    states = Counter(state for state, _name in messages)
    return Told(
        sequence=change.sequence,
        at=change.at,
        by=change.by,
        what=what,
        told=states[MessageState.SENT],
        waiting=sum(states[state] for state in WAITING),
        not_sent=states[MessageState.CANCELLED],
        unreached=[name for state, name in messages if state in {MessageState.FAILED, MessageState.UNKNOWN}],
    )


def last_told_schedule(event: Event, recipient: User) -> Schedule | None:
    """The schedule as this person last heard of it: before the first change they have not had mail of.

    None where they are owed mail of no change.
    """
    mine = Message.objects.filter(kind=CHANGED, recipient=recipient, subject__startswith=f"event:{event.pk}:")
    owed, sent = set[int](), [-1]
    for subject, state in mine.values_list("subject", "state"):
        sequence = int(subject.rpartition(":")[2])
        if state in {MessageState.SENT, MessageState.UNKNOWN}:
            sent.append(sequence)
        else:
            owed.add(sequence)
    since = [sequence for sequence in owed if sequence > max(sent)]
    first = Change.objects.filter(event=event, sequence__in=since).order_by("sequence").first()
    return Schedule.from_json(first.before) if first else None


def cancellation_of(event: Event) -> Schedule | None:
    """The schedule as it was before the event was cancelled; None while it is on."""
    if event.status != EventStatus.CANCELLED:
        return None
    change = Change.objects.filter(event=event, sequence=event.sequence).first()
    return Schedule.from_json(change.before) if change else None
