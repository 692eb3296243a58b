"""Events, read: which ones somebody sees, how many places are left, who comes."""

from lms.events.selectors.events import (
    events_organised_by,
    events_organised_in_time,
    events_visible_to,
    may_organise,
    people_who_organise,
    with_places,
)
from lms.events.selectors.places import Taken, TakenPlaces, taken_places
from lms.events.selectors.registrations import active_people, registrations_changeable_by, registrations_of
from lms.events.selectors.schedule import differences, schedule_of
from lms.events.selectors.told import Told, changes_told

__all__ = [
    "Taken",
    "TakenPlaces",
    "Told",
    "active_people",
    "changes_told",
    "differences",
    "events_organised_by",
    "events_organised_in_time",
    "events_visible_to",
    "may_organise",
    "people_who_organise",
    "registrations_changeable_by",
    "registrations_of",
    "schedule_of",
    "taken_places",
    "with_places",
]
