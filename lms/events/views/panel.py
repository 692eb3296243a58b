"""What stands beside every event, on its plain page and on pages that present it: when, where, places, registering."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.models import Company, User
from lms.accounts.rules import zone
from lms.accounts.selectors import current_membership
from lms.events import ics, selectors
from lms.events.models import Event, Registration
from lms.events.rules import prices_said
from lms.events.selectors import Agenda, Coming, Counted
from lms.events.shown import (
    apart_said,
    days_said,
    hours_said,
    moment_said,
    price_said,
    stands,
    tone,
    zone_said,
)
from lms.events.views.way_in import WayIn, cap_said, company_left_said, needs_company, places_said, way_in


@dataclass(frozen=True, slots=True)
class When:
    """When an event is: its days, its hours, in which zone, and what that is in the reader's."""

    days: str
    hours: str
    zone: str
    at_home: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one registration stands, in words, and what may be done about it."""

    registration: Registration
    words: str
    tone: str
    may_answer: bool = False
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything `events/_panel.html` says, in words."""

    when: When
    prices: list[tuple[str, str]]
    covered: list[str]
    not_covered: list[str]
    places: str
    cap: str
    company_left: str
    deadlines: list[tuple[str, str]]
    organisers: list[User]
    way: WayIn
    needs_company: bool
    signs_in: str
    own: list[Standing]
    placed: list[Standing]
    over: bool = False
    """It has ended, and nobody is added any more."""

    @property
    def heading(self) -> str:
        """What the box says about oneself is called; registering, as long as one can."""
        if self.own:
            return _("Your place")
        if self.over:
            return _("This event is over")
        return _("Register") if self.way.open else _("About registering")

    def is_organised_by(self, user: User | AnonymousUser) -> bool:
        """Asks for nothing about those who neither organise it nor work here."""
        return user in self.organisers or (user.is_staff and user.has_perm(selectors.EVERY))

    @property
    def has_place(self) -> bool:
        return any(one.may_change or one.may_answer for one in self.own)


def panel(request: HttpRequest, event: Event) -> dict[str, Any]:
    """The context of `events/_panel.html`, `events/_agenda.html` and the fragments they include.

    `own` are the visitor's registrations at the event, those that count first.
    """
    over = bool(event.ends_at and event.ends_at <= timezone.now())
    prefetch_related_objects([event], "sessions__materials", *([] if over else ["fees"]))
    user = request.user if isinstance(request.user, User) else None
    membership = current_membership(request)
    company = membership.company if membership else None
    coming = selectors.own_and_placed(user, event) if user else []
    own = [one.registration for one in coming if user and one.registration.user_id == user.pk]
    chosen = {choice.session_id for one in own for choice in one.choices.all()}
    agenda = selectors.agenda_of(event, chosen=chosen)
    found = None if over else selectors.counted(event, company.pk if company else None)
    return {
        "event": event,
        "own": own,
        "agenda": agenda,
        "calendar": ics.links_to(event, now=timezone.now()),
        "panel": _panel(event, agenda, found, company, coming, user),
    }


def _panel(
    event: Event,
    agenda: Agenda,
    found: Counted | None,
    company: Company | None,
    coming: list[Coming],
    user: User | None,
) -> Panel:
    """Of an event that is over (`found` is None) nothing is said of places and fees any more."""
    register = reverse("events:register", args=[event.pk])
    mine = [one for one in coming if user and one.registration.user_id == user.pk]
    active = [one for one in mine if one.is_active]
    others = [one for one in coming if one not in mine and one.is_active]
    own, placed = standings(active or mine[:1], others)
    way = way_in(event, found or Counted(0, 0, 0), company)
    return Panel(
        when=when_said(agenda, zone(user.time_zone if user else settings.TIME_ZONE)),
        prices=_prices(event) if found else [],
        covered=_lines(event.covered),
        not_covered=_lines(event.not_covered),
        places=places_said(event, found) if found else "",
        cap=cap_said(event) if found else "",
        company_left=company_left_said(event, found, company) if found else "",
        deadlines=_deadlines(event) if found else [],
        organisers=selectors.organisers_of(event),
        way=way,
        needs_company=user is not None and needs_company(event, company),
        signs_in="" if user else urlencode({"next": register}),
        own=own,
        placed=placed,
        over=found is None and not way.open,
    )


def _prices(event: Event) -> list[tuple[str, str]]:
    return [(str(who), price_said(price)) for who, price in prices_said(selectors.prices_of(event))]


def standings(own: Sequence[Coming], others: Sequence[Coming]) -> tuple[list[Standing], list[Standing]]:
    """Those of a person and of the colleagues they registered. An offer to several in one order is answered once."""
    answered: set[int] = set()
    found: tuple[list[Standing], list[Standing]] = ([], [])
    for group, you in ((own, True), (others, False)):
        for one in group:
            said = standing(one, one.registration.event, you=you)
            if one.registration.order_id in answered:
                said = replace(said, may_answer=False)
            elif said.may_answer:
                answered.add(one.registration.order_id)
            found[not you].append(said)
    return found


def standing(one: Coming, event: Event, *, you: bool, now: datetime | None = None) -> Standing:
    """Where it stands, and whether there is an offer to answer or something to change."""
    now = now or timezone.now()
    registration, until = one.registration, event.change_until or event.starts_at
    gone = event.is_cancelled or bool(event.ends_at and event.ends_at <= now)
    offer = one.is_offered and not gone and (registration.offered_until or now) > now
    return Standing(
        registration,
        stands(registration, number=one.number, now=now, you=you),
        tone(registration, now=now),
        may_answer=offer,
        may_change=one.is_active and not gone and not (until and now >= until),
    )


def when_said(agenda: Agenda, home: ZoneInfo) -> When:
    """When an event is, and at the reader's, where the clock shows another time there."""
    if not agenda.parts:
        return When(_("Date to come"), "", "")
    event, first = agenda.event, agenda.parts[0]
    last = max(agenda.parts, key=lambda part: part.session.until)
    ends = last.ends or last.session.starts_at.astimezone(event.zone)
    days = days_said(first.session.starts_at.astimezone(event.zone).date(), ends.date())
    begins = next((slot.begins for slot in agenda.days[0].slots if slot.begins), None)
    if begins is None:
        return When(days, hours_said(None, None), "")
    one_day = len(agenda.days) == 1
    hours = hours_said(begins, last.ends if one_day else None)
    at_home = apart = ""
    there = begins.astimezone(home)
    if there.utcoffset() != begins.utcoffset():
        at_home = _("Begins %(when)s") % {"when": moment_said(begins, home)}
        apart = apart_said(begins, home)
    return When(days, hours, zone_said(begins, event.zone), at_home, apart)


def _deadlines(event: Event) -> list[tuple[str, str]]:
    """What there is to do until when, in the event's zone."""
    found = []
    if event.closes_at:
        found.append((_("Register by"), moment_said(event.closes_at, event.zone)))
    if event.change_until:
        found.append((_("Change or cancel by"), moment_said(event.change_until, event.zone)))
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
