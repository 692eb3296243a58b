"""Events, read: which ones somebody sees, how many places are left, who comes."""

from lms.events.selectors.events import (
    events_organised_by,
    events_visible_to,
    may_organise,
    with_places,
)
from lms.events.selectors.listed import (
    Asked,
    Row,
    answer_to,
    companies_at,
    questions_of,
    registrations_listed,
    rows,
)
from lms.events.selectors.places import Taken, TakenPlaces, events_to_move_up, taken_places
from lms.events.selectors.registrations import registrations_changeable_by, registrations_of

__all__ = [
    "Asked",
    "Row",
    "Taken",
    "TakenPlaces",
    "answer_to",
    "companies_at",
    "events_organised_by",
    "events_to_move_up",
    "events_visible_to",
    "may_organise",
    "questions_of",
    "registrations_changeable_by",
    "registrations_listed",
    "registrations_of",
    "rows",
    "taken_places",
    "with_places",
]
