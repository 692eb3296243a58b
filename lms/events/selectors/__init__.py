"""Events, read: which ones somebody sees, how many places are left, who comes."""

from lms.events.selectors.agenda import Agenda, Day, Part, Slot, Track, agenda_of
from lms.events.selectors.candidates import Asked, Candidate, Desk, asked_at, desk_for
from lms.events.selectors.events import (
    EVERY,
    events_organised_by,
    events_visible_to,
    may_organise,
    organisers_of,
    with_places,
)
from lms.events.selectors.places import (
    Counted,
    Taken,
    TakenPlaces,
    counted,
    numbers_in_line,
    prices_of,
    room_at,
    taken_places,
    taken_sessions,
)
from lms.events.selectors.registrations import (
    Coming,
    OwnEvent,
    events_of,
    orders_answerable_by,
    own_and_placed,
    registrations_changeable_by,
    registrations_of,
)

__all__ = [
    "EVERY",
    "Agenda",
    "Asked",
    "Candidate",
    "Coming",
    "Counted",
    "Day",
    "Desk",
    "OwnEvent",
    "Part",
    "Slot",
    "Taken",
    "TakenPlaces",
    "Track",
    "agenda_of",
    "asked_at",
    "counted",
    "desk_for",
    "events_of",
    "events_organised_by",
    "events_visible_to",
    "may_organise",
    "numbers_in_line",
    "orders_answerable_by",
    "organisers_of",
    "own_and_placed",
    "prices_of",
    "registrations_changeable_by",
    "registrations_of",
    "room_at",
    "taken_places",
    "taken_sessions",
    "with_places",
]
