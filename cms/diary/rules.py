"""Where events stand in a calendar, and how its list is narrowed down. Pure."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.topics.rules import Facet
from lms.events.rules import EventKind

ONLINE = "online"
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Listed:
    """An event, as far as lists narrow down by it. `starts_at` is empty where it has no date yet."""

    id: int
    kind: str
    place: str
    is_online: bool
    starts_at: datetime | None
    ends_at: datetime | None
    topics: frozenset[int] = frozenset()

    def is_past(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    @property
    def places(self) -> list[str]:
        """The values of the filter by place: the place, and “online” for what can be joined from anywhere."""
        return [*([slug_of(self.place)] if self.place else []), *([ONLINE] if self.is_online else [])]


KIND: Facet[Listed] = Facet("kind", _("Type"), dict(EventKind.choices), lambda event: [event.kind])


def slug_of(place: str) -> str:
    """What stands for a place in an address: places written alike are one."""
    return slugify(place, allow_unicode=True) or "place"


def place_facet(events: Iterable[Listed]) -> Facet[Listed]:
    """The filter by place: the places of these events, “online” first, the others by name."""
    names = {slug_of(event.place): event.place for event in events if event.place}
    names.pop(ONLINE, None)
    by_name = sorted(names.items(), key=lambda pair: pair[1].casefold())
    return Facet("place", _("Place"), {ONLINE: _("Online"), **dict(by_name)}, lambda event: event.places)


# --- Months ----------------------------------------------------------------------------------------------------------
class Month(NamedTuple):
    year: int
    month: int

    @classmethod
    def read(cls, word: str) -> "Month | None":
        """The month of a word in an address, 2027-05; None where it is no month of this calendar."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", word)
        month = cls(int(found[1]), int(found[2])) if found else None
        return month if month and month.is_known else None

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def is_known(self) -> bool:
        """Whether the calendar has this month."""
        return FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12

    @property
    def word(self) -> str:
        """As it stands in an address: 2027-05."""
        return f"{self.year}-{self.month:02}"

    def moved(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    def weeks(self) -> list[list[date]]:
        """The weeks that touch this month, Monday first, whole: days of the neighbouring months too."""
        return calendar.Calendar(calendar.MONDAY).monthdatescalendar(self.year, self.month)


def days_between(
    starts_at: datetime, ends_at: datetime | None, *, time_known: bool, home: ZoneInfo, there: ZoneInfo
) -> list[date]:
    """The days something stands on in a calendar kept in the zone `home`. What ends at midnight has no part of the
    next day. Where only the day is known, it is the day `there`, where it happens."""
    if not time_known:
        return [starts_at.astimezone(there).date()]
    first = starts_at.astimezone(home)
    last = first if ends_at is None else max(first, (ends_at - timedelta(microseconds=1)).astimezone(home))
    return [first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]
