"""What is done to events and registrations. Whoever gives out or frees places holds the lock on the event."""

from lms.events.actions.arranged import EventData, Row
from lms.events.actions.moving import Refused
from lms.events.actions.queue import accept_offer, decline_offer, end_offers, move_up
from lms.events.actions.registering import Person, cancel, change, check_people, register, sum_for

__all__ = [
    "EventData",
    "Person",
    "Refused",
    "Row",
    "accept_offer",
    "cancel",
    "change",
    "check_people",
    "decline_offer",
    "end_offers",
    "move_up",
    "register",
    "sum_for",
]
