"""Whose row is whose in a meeting tool's list: by the address in any case, else by a name that only one has. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.events.rules.meeting_list import Row, plain_name

AROUND = timedelta(hours=3)
"""A time of joining further from the session than this was read wrongly."""

FORMS = (
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M", "%d.%m.%y %H:%M:%S", "%d.%m.%y %H:%M",
)  # fmt: skip
"""How meeting tools write a moment, in the zone of whoever asked for the report. Commas are left out."""


class By(StrEnum):
    EMAIL = "email"
    NAME = "name"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who was to come."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the list and who that is."""

    row: Row
    known: Known
    by: By


@dataclass(frozen=True, slots=True)
class Matching:
    """`matched`: each person once. `doubled`: rows about somebody who is matched already. `unmatched`: the rest."""

    matched: tuple[Match, ...]
    doubled: tuple[Match, ...]
    unmatched: tuple[Row, ...]


def matching(rows: Sequence[Row], known: Iterable[Known]) -> Matching:
    """Who is who. A name that two people have says nothing; an address goes before a name."""
    people = list(known)
    by_email = {one.email.casefold(): one for one in people}
    by_name: dict[str, list[Known]] = {}
    for one in people:
        by_name.setdefault(plain_name(one.name), []).append(one)
    matched: dict[int, Match] = {}
    doubled: list[Match] = []
    unmatched: list[Row] = []
    found: list[Match | Row] = []
    for row in rows:
        if row.email and (person := by_email.get(row.email.casefold())):
            found.append(Match(row, person, By.EMAIL))
        elif row.name and len(named := by_name.get(plain_name(row.name), [])) == 1:
            found.append(Match(row, named[0], By.NAME))
        else:
            found.append(row)
    for match in sorted(found, key=lambda one: isinstance(one, Match) and one.by != By.EMAIL):
        if isinstance(match, Row):
            unmatched.append(match)
        elif match.known.id in matched:
            doubled.append(match)
        else:
            matched[match.known.id] = match
    return Matching(tuple(matched.values()), tuple(doubled), tuple(unmatched))


def joined_at(text: str, zone: ZoneInfo, starts: datetime, ends: datetime) -> datetime:
    """When the list says somebody joined; the session's start where that is not to be read or not about the session."""
    plain = " ".join(text.replace(",", " ").split())
    for form in FORMS:
        try:
            moment = datetime.strptime(plain, form).replace(tzinfo=zone)
        except ValueError:
            continue
        if starts - AROUND <= moment <= ends + AROUND:
            return moment
    return starts
