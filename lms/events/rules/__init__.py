"""What is decided about events without a database. Pure."""

from lms.events.rules.money import nok
from lms.events.rules.places import Limits, Party, Room, free_places, held_for, next_offers, room_for
from lms.events.rules.states import (
    ACTIVE,
    DONE,
    ENDS_BY_CANCELLING,
    HOLDING,
    UNDECIDED,
    Cause,
    EventKind,
    EventStatus,
    FeeFor,
    HowSeen,
    QuestionKind,
    RegistrationState,
    Visibility,
    may_become,
)
from lms.events.rules.times import (
    AmbiguousTime,
    NoSuchTime,
    clashes,
    in_utc,
    moved_by_days,
)

__all__ = [
    "ACTIVE",
    "DONE",
    "ENDS_BY_CANCELLING",
    "HOLDING",
    "UNDECIDED",
    "AmbiguousTime",
    "Cause",
    "EventKind",
    "EventStatus",
    "FeeFor",
    "HowSeen",
    "Limits",
    "NoSuchTime",
    "Party",
    "QuestionKind",
    "RegistrationState",
    "Room",
    "Visibility",
    "clashes",
    "free_places",
    "held_for",
    "in_utc",
    "may_become",
    "moved_by_days",
    "next_offers",
    "nok",
    "room_for",
]
