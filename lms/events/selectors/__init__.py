"""Events, read: which ones somebody sees, how many places are left, who comes."""

from lms.events.selectors.events import (
    events_organised_by,
    events_visible_to,
    may_organise,
    with_places,
)
from lms.events.selectors.places import Taken, TakenPlaces, events_to_move_up, taken_places
from lms.events.selectors.registrations import registrations_changeable_by, registrations_of

__all__ = [
    "Taken",
    "TakenPlaces",
    "events_organised_by",
    "events_to_move_up",
    "events_visible_to",
    "may_organise",
    "registrations_changeable_by",
    "registrations_of",
    "taken_places",
    "with_places",
]
