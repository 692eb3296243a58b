"""Events, who comes to them, and what is left of them afterwards."""

from lms.events.models.after import ActionItem, FeedbackQuestion, FeedbackReply, Note
from lms.events.models.announcements import Announcement
from lms.events.models.calendars import CalendarAddress
from lms.events.models.changes import Change
from lms.events.models.events import Event, Fee, Invited, Material, Question, Session
from lms.events.models.registrations import Attendance, Order, Registration, SessionChoice

__all__ = [
    "ActionItem",
    "Announcement",
    "Attendance",
    "CalendarAddress",
    "Change",
    "Event",
    "Fee",
    "FeedbackQuestion",
    "FeedbackReply",
    "Invited",
    "Material",
    "Note",
    "Order",
    "Question",
    "Registration",
    "Session",
    "SessionChoice",
]
