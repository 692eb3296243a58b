"""What is decided about events without a database. Pure."""

from lms.events.rules.places import Limits, Party, Room, free_places, next_offers, room_for
from lms.events.rules.schedule import Part, Schedule, is_another, overlapping, shifted
from lms.events.rules.states import (
    ACTIVE,
    DONE,
    HOLDING,
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
    "HOLDING",
    "AmbiguousTime",
    "Cause",
    "EventKind",
    "EventStatus",
    "FeeFor",
    "HowSeen",
    "Limits",
    "NoSuchTime",
    "Part",
    "Party",
    "QuestionKind",
    "RegistrationState",
    "Room",
    "Schedule",
    "Visibility",
    "clashes",
    "free_places",
    "in_utc",
    "is_another",
    "may_become",
    "moved_by_days",
    "next_offers",
    "overlapping",
    "room_for",
    "shifted",
]
