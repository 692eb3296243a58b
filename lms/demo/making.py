"""Making one event of the demo, its registrations and what became of them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lms.accounts.models import Company, User
from lms.accounts.rules import zone
from lms.core.markup import render_markdown
from lms.demo.companies import COMPANIES
from lms.events.actions import Person, register
from lms.events.actions.moving import move
from lms.events.models import Attendance, Event, Order, Registration, Session
from lms.events.rules import HowSeen, RegistrationState, in_utc

_NAMESPACE = uuid.UUID("0b1f6f0c-8a5f-5d52-9b1b-6d9f6a1d4a77")
COMPANY_OF = {name: example.name for example in COMPANIES for name in example.people}


@dataclass(frozen=True)
class Part:
    """A session, its times as they are read off a clock there."""

    title: str
    starts: datetime
    ends: datetime | None = None
    time_known: bool = True
    tentative: bool = False
    description: str = ""
    track: str = ""
    place: str = ""
    speakers: str = ""


def uid(key: str) -> uuid.UUID:
    """By what an event of the demo is known again, whenever it was loaded."""
    return uuid.uuid5(_NAMESPACE, key)


def is_made(key: str) -> bool:
    return Event.objects.filter(uid=uid(key)).exists()


def make_event(key: str, parts: Iterable[Part], **fields: Any) -> Event:
    """The event with its sessions. Written as models: the demo makes past events too, which no organiser could."""
    event = Event(uid=uid(key), **fields)
    event.description_html = render_markdown(event.description)
    event.save()
    there = zone(event.time_zone)
    sessions = [
        Session(
            event=event,
            starts_at=in_utc(part.starts, there, later=False),
            ends_at=in_utc(part.ends, there, later=False) if part.ends else None,
            **{name: value for name, value in part.__dict__.items() if name not in ("starts", "ends")},
        )
        for part in parts
    ]
    Session.objects.bulk_create(sessions)
    event.starts_at = min(one.starts_at for one in sessions)
    event.ends_at = max(one.until for one in sessions)
    event.save(update_fields=["starts_at", "ends_at"])
    return event


@dataclass(frozen=True)
class Guests:
    """The people of the demo, asking for places."""

    people: dict[str, User]
    companies: dict[str, Company]

    def ask(self, event: Event, *names: str, at: datetime, **fields: Any) -> Order:
        """The first of these colleagues asks for a place for each of them, in one go."""
        first = self.people[names[0]]
        people = [
            Person(self.people[name].full_name, self.people[name].email, user=self.people[name], **fields)
            for name in names
        ]
        return register(
            event,
            people,
            by=first,
            company=self.companies[COMPANY_OF[names[0]]],
            token=uuid.uuid5(event.uid, "/".join(names)),
            together=len(names) > 1,
            now=at,
        )

    def ask_one_by_one(self, event: Event, names: Iterable[str], *, began: datetime) -> None:
        """Each asks for themselves, some hours after the one before."""
        for number, name in enumerate(names):
            self.ask(event, name, at=began + timedelta(hours=7 * number))


def see(event: Event, absent: Iterable[str], people: dict[str, User]) -> None:
    """It was held: all who had a place were there, but those who are `absent`."""
    missed = {people[name].pk for name in absent}
    session = event.sessions.get()
    seats = list(Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("user"))
    there = [one for one in seats if one.user_id not in missed]
    move(there, RegistrationState.ATTENDED, now=session.until, tell=False)
    move([one for one in seats if one.user_id in missed], RegistrationState.ABSENT, now=session.until, tell=False)
    Attendance.objects.bulk_create(
        Attendance(
            registration=one,
            session=session,
            seen_at=session.starts_at + timedelta(minutes=number % 7),
            how=HowSeen.CODE if number % 3 else HowSeen.LINK,
        )
        for number, one in enumerate(there)
    )


def at_nine(moment: datetime, days: int) -> datetime:
    """Nine in the morning in UTC, so many days before."""
    return (moment - timedelta(days=days)).astimezone(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
