"""What an event is, and the life of a registration.

requested ──approved, and there is room──▶ confirmed ──▶ attended | absent
    │  └────approved, and it is full─────▶ waiting ──a place came free──▶ offered ──taken──▶ confirmed
    │                                                                        └──not taken in time──▶ declined
    └──not approved──▶ declined
From every state before the event has been: ──given up──▶ cancelled
An organiser may decline whoever has no place yet: requested, waiting or offered.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(TextChoices):
    WEBINAR = "webinar", _("Webinar")
    WORKSHOP = "workshop", _("Workshop")
    DELEGATION = "delegation", _("Delegation")
    MEETING = "meeting", _("Meeting")


class EventStatus(TextChoices):
    TENTATIVE = "tentative", _("Tentative")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


class Visibility(TextChoices):
    """Who sees an event and may ask for a place. Values that `cms.rules.Audience` has are the same there."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members: people who belong to a company here")
    CLUSTERS = "clusters", _("Members of the clusters named below")
    INVITED = "invited", _("Only those who are invited")


class RegistrationState(TextChoices):
    REQUESTED = "requested", _("Asked for")
    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Is offered a place")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", pgettext_lazy("a registration", "Cancelled")
    ATTENDED = "attended", _("Was there")
    ABSENT = "absent", _("Was not there")


class Cause(TextChoices):
    """Why a registration came to an end."""

    NONE = "", ""
    BY_THEM = "by_them", _("given up by themselves or a colleague")
    BY_ORGANISER = "by_organiser", _("by an organiser")
    OFFER_RAN_OUT = "offer_ran_out", _("the place was not taken in time")
    EVENT_CANCELLED = "event_cancelled", _("the event was cancelled")


class QuestionKind(TextChoices):
    TEXT = "text", _("A few words")
    CHOICE = "choice", _("One of several")
    YES = "yes", _("Yes or no")
    SCALE = "scale", _("A scale from 1 to 5")


class FeeFor(TextChoices):
    COMPANY = "company", _("for each company")
    PERSON = "person", _("for each person")


class HowSeen(TextChoices):
    """How somebody was found to be there."""

    LINK = "link", _("by the personal link")
    CODE = "code", _("by the code on the screen")
    ORGANISER = "organiser", _("by an organiser")
    LIST = "list", _("by the meeting tool’s list")


S = RegistrationState
NEXT: dict[str, frozenset[str]] = {
    S.REQUESTED: frozenset({S.CONFIRMED, S.WAITING, S.DECLINED, S.CANCELLED}),
    S.WAITING: frozenset({S.OFFERED, S.CONFIRMED, S.DECLINED, S.CANCELLED}),
    S.OFFERED: frozenset({S.CONFIRMED, S.DECLINED, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.ATTENDED, S.ABSENT, S.CANCELLED}),
    S.ATTENDED: frozenset({S.ABSENT}),
    S.ABSENT: frozenset({S.ATTENDED}),
    S.DECLINED: frozenset(),
    S.CANCELLED: frozenset(),
}

HOLDING = frozenset({S.CONFIRMED, S.OFFERED, S.ATTENDED, S.ABSENT})
"""Those who have one of the event's places."""

ACTIVE = frozenset({S.REQUESTED, S.WAITING, *HOLDING})
"""Those who count for a company's cap, and of whom an event has one a person."""

UNDECIDED = frozenset({S.REQUESTED, S.WAITING, S.OFFERED})
"""Those who wait for an answer: an organiser's, a place, or their own."""

ENDS_BY_CANCELLING = frozenset({*UNDECIDED, S.CONFIRMED})
"""Those who lose something when the event is cancelled. Who was there stays there."""

DONE = frozenset({S.DECLINED, S.CANCELLED})
"""Where a registration ends. Whoever wants to come after all registers anew."""


def may_become(before: str, after: str) -> bool:
    """Whether a registration in the state `before` may go to `after`."""
    return after in NEXT[before]
