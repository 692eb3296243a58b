"""The way to a place: whether it is open to somebody, and the limits in words, before anyone presses anything."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.accounts.models import Company
from lms.events.models import Event
from lms.events.rules import Window, window
from lms.events.selectors import Counted, room_at
from lms.events.shown import moment_said


@dataclass(frozen=True, slots=True)
class WayIn:
    """`open`: a form makes sense. `sentence` says why not; `label` is what the button says."""

    open: bool
    sentence: str = ""
    label: str = ""


def way_in(event: Event, found: Counted, company: Company | None, *, now: datetime | None = None) -> WayIn:
    """For somebody who acts for this company, or for themselves alone."""
    now = now or timezone.now()
    stands = window(
        cancelled=event.is_cancelled,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        ends_at=event.ends_at,
        now=now,
    )
    room = room_at(event, found)
    if stands != Window.OPEN:
        return WayIn(False, _closed(event, stands))
    if event.per_company is not None and company and room.company == 0:
        return WayIn(False, _("Everybody whom your company may send is registered."))
    if event.approval:
        return WayIn(True, _("An organiser answers each request."), _("Ask for a place"))
    if room.places == 0:
        return WayIn(True, _("Whoever asks now goes on the waiting list."), _("Join the waiting list"))
    return WayIn(True, "", _("Register"))


def needs_company(event: Event, company: Company | None) -> bool:
    """Places are given by company here, and the visitor is in none."""
    return event.per_company is not None and company is None


def _closed(event: Event, stands: Window) -> str:
    if stands == Window.CANCELLED:
        return _("This event is cancelled.")
    if stands == Window.OVER:
        return _("This event is over.")
    if stands == Window.NOT_YET and event.opens_at:
        return _("Registration opens %(when)s.") % {"when": moment_said(event.opens_at, event.zone)}
    return _("Registration is closed. Ask an organiser if you need a place.")


def places_said(event: Event, found: Counted) -> str:
    """`12 places left`, or how many wait; nothing where there is no limit."""
    if event.capacity is None:
        return ""
    left = room_at(event, found).places
    if left:
        return ngettext("%(left)s place left", "%(left)s places left", left) % {"left": left}
    if not found.waiting:
        return _("Full")
    waiting = {"waiting": found.waiting}
    return ngettext("Full: %(waiting)s person waits", "Full: %(waiting)s people wait", found.waiting) % waiting


def cap_said(event: Event) -> str:
    """How many people one company may send; nothing where there is no limit."""
    if event.per_company is None:
        return ""
    cap = {"cap": event.per_company}
    return ngettext("At most %(cap)s person", "At most %(cap)s people", event.per_company) % cap


def company_left_said(event: Event, found: Counted, company: Company | None) -> str:
    """`2 of 2 places of your company left`; nothing where there is no limit."""
    left = room_at(event, found).company
    if left is None or company is None:
        return ""
    words = {"left": left, "cap": event.per_company, "company": company.name}
    return _("%(left)s of %(cap)s places of %(company)s left, counted over all its registrations.") % words
