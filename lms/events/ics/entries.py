"""What a calendar is told of a session: plain values, in the language and for the person who asks.

The same values make the same file, so that what changed can be told without making it.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.events.models import Event, Registration, Session
from lms.events.rules import DONE, RegistrationState
from lms.events.rules.tracks import Slot, left_out

IN_DOUBT = {
    RegistrationState.REQUESTED.value: gettext_lazy("asked for"),
    RegistrationState.WAITING.value: gettext_lazy("waiting list"),
    RegistrationState.OFFERED.value: gettext_lazy("place offered"),
}


class Standing(StrEnum):
    """The values of iCalendar's STATUS."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One session. Times in UTC; `whole_days`: only the day, as it is in `zone`, is certain. `join` is a secret."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    whole_days: bool
    standing: Standing
    sequence: int
    changed_at: datetime
    place: str
    url: str
    text: str
    join: str = ""


def entries_of(event: Event, registration: Registration | None = None) -> list[Entry]:
    """The event's sessions; with a registration, those its person goes to, and how they stand.

    Reads `event.sessions` and `registration.choices`. Who has no place any more is told no more than that.
    """
    sessions = list(event.sessions.all())
    several = len(sessions) > 1
    over = registration is not None and registration.state in DONE
    skipped: set[int] = set()
    if registration is not None and not over:
        skipped = left_out(map(_slot, sessions), {choice.session_id for choice in registration.choices.all()})
    changed = max(event.changed_at, registration.state_since) if registration else event.changed_at
    join = "" if over or event.is_cancelled else _join_address(event, registration)
    return [
        Entry(
            uid=uid_of(session.uid),
            title=_title(event, session, registration, several=several),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            zone=event.zone.key,
            whole_days=not session.time_known,
            standing=_standing(event, session, registration),
            sequence=event.sequence,
            changed_at=changed,
            place="" if over else session.place or event.place,
            url=f"{settings.SITE_URL}{event.get_absolute_url()}",
            text="" if over else _text(event, session, several=several),
            join=join,
        )
        for session in sessions
        if session.pk not in skipped
    ]


def uid_of(uid: uuid.UUID) -> str:
    """Unique in the world and for ever, as RFC 7986, section 5.3, asks."""
    return f"{uid}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def _slot(session: Session) -> Slot:
    start, end = (session.starts_at, session.until) if session.time_known else (None, None)
    return Slot(session.pk, session.track, start, end)


def _standing(event: Event, session: Session, registration: Registration | None) -> Standing:
    if event.is_cancelled or (registration is not None and registration.state in DONE):
        return Standing.CANCELLED
    if event.is_tentative or session.tentative or _in_doubt(registration):
        return Standing.TENTATIVE
    return Standing.CONFIRMED


def _in_doubt(registration: Registration | None) -> str:
    """Why it is not certain that somebody comes, in a word or two; nothing where it is."""
    return str(IN_DOUBT.get(registration.state, "")) if registration else ""


def _title(event: Event, session: Session, registration: Registration | None, *, several: bool) -> str:
    title = f"{event.title}: {session.title}" if several and session.title != event.title else event.title
    standing = _standing(event, session, registration)
    if standing == Standing.CANCELLED:
        mark = _("cancelled")
    elif standing == Standing.TENTATIVE:
        mark = _in_doubt(registration) or _("to be confirmed")
    else:
        return title
    return f"({mark}) {title}"


def _text(event: Event, session: Session, *, several: bool) -> str:
    """What stands in the entry, in plain words."""
    parts = [event.cancelled_why if event.is_cancelled else "", event.summary]
    parts.append(session.title if not several and session.title != event.title else "")
    parts.append(session.description)
    parts.append(_("With %(speakers)s") % {"speakers": session.speakers} if session.speakers else "")
    parts.append(_("Track: %(track)s") % {"track": session.track} if session.track else "")
    if not session.time_known:
        parts.append(_("The time is not known yet."))
    return "\n\n".join(part for part in parts if part)


def _join_address(event: Event, registration: Registration | None) -> str:
    """The person's own way into the meeting, for those who have a place where there is a meeting to join."""
    if registration is None or not event.link or registration.state != RegistrationState.CONFIRMED:
        return ""
    try:
        return settings.SITE_URL + reverse("events:join", args=[registration.join_key])
    except NoReverseMatch:
        return ""
