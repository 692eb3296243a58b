"""Mail about events and registrations. Everything is read when it is sent: what no longer applies is not sent."""

from lms.events.kinds.afterwards import AskForFeedback
from lms.events.kinds.announcements import FromOrganiser
from lms.events.kinds.changes import EventCancelled, EventChanged
from lms.events.kinds.registrations import AboutOrder, AboutRegistration

KINDS = (AboutRegistration(), AboutOrder(), FromOrganiser(), EventChanged(), EventCancelled(), AskForFeedback())
"""What `AppConfig.ready()` makes known to the outbox."""

__all__ = [
    "KINDS",
    "AboutOrder",
    "AboutRegistration",
    "AskForFeedback",
    "EventCancelled",
    "EventChanged",
    "FromOrganiser",
]
