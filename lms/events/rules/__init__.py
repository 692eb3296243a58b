"""What is decided about events without a database. Pure."""

from lms.events.rules.fees import FREE, Price, nok, price_for, prices_said
from lms.events.rules.places import Limits, Party, Room, free_places, held_for, next_offers, room_for
from lms.events.rules.schedule import Part, Schedule, is_another, overlapping, shifted
from lms.events.rules.sides import Span, clashes, run_beside, side_by_side
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
from lms.events.rules.times import AmbiguousTime, NoSuchTime, in_utc, moved_by_days
from lms.events.rules.windows import Window, window

__all__ = [
    "ACTIVE",
    "DONE",
    "ENDS_BY_CANCELLING",
    "FREE",
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
    "Part",
    "Party",
    "Price",
    "QuestionKind",
    "RegistrationState",
    "Room",
    "Schedule",
    "Span",
    "Visibility",
    "Window",
    "clashes",
    "free_places",
    "held_for",
    "in_utc",
    "is_another",
    "may_become",
    "moved_by_days",
    "next_offers",
    "nok",
    "overlapping",
    "price_for",
    "prices_said",
    "room_for",
    "run_beside",
    "shifted",
    "side_by_side",
    "window",
]
