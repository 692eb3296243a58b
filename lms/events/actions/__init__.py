"""What is done to events and registrations. Whoever gives out or frees places holds the lock on the event."""

from lms.events.actions.announcing import announce, recipients_of
from lms.events.actions.arranged import EventData, Row
from lms.events.actions.deciding import (
    Answered,
    approve,
    cancel_everybody,
    cancel_for,
    decline,
    offer_out_of_turn,
    split,
)
from lms.events.actions.fees import sum_for
from lms.events.actions.moving import Refused
from lms.events.actions.queue import accept_offer, decline_offer, end_offers, move_up
from lms.events.actions.registering import Person, cancel, change, check_people, register

__all__ = [
    "Answered",
    "EventData",
    "Person",
    "Refused",
    "Row",
    "accept_offer",
    "announce",
    "approve",
    "cancel",
    "cancel_everybody",
    "cancel_for",
    "change",
    "check_people",
    "decline",
    "decline_offer",
    "end_offers",
    "move_up",
    "offer_out_of_turn",
    "recipients_of",
    "register",
    "split",
    "sum_for",
]
