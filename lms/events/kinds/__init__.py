"""Mail about events. Everything is read when it is sent: what no longer applies is not sent."""

from lms.events.kinds.afterwards import AskForFeedback
from lms.events.kinds.changes import EventCancelled, EventChanged
from lms.events.kinds.registrations import AboutRegistration

__all__ = ["AboutRegistration", "AskForFeedback", "EventCancelled", "EventChanged"]
