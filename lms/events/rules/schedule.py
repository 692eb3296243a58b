"""When, where and whether an event is: what people plan by, so that they are told when it becomes another. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lms.events.rules.sides import Span, clashes
from lms.events.rules.times import moved_by_days


@dataclass(frozen=True, slots=True)
class Part:
    """A session, as far as people plan by it. `key` names it for good."""

    key: str
    title: str
    starts: datetime
    ends: datetime | None
    time_known: bool = True
    tentative: bool = False
    track: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """An event at one moment of its making. `online`: whether there is a link to join by."""

    status: str
    time_zone: str
    place: str = ""
    online: bool = False
    parts: tuple[Part, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, from which `from_json` makes the same schedule."""
        said = asdict(self)
        for part in said["parts"]:
            part["starts"] = part["starts"].isoformat()
            part["ends"] = part["ends"].isoformat() if part["ends"] else None
        return {**said, "parts": list(said["parts"])}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Schedule":
        parts = tuple(
            Part(
                **{
                    **part,
                    "starts": datetime.fromisoformat(part["starts"]),
                    "ends": datetime.fromisoformat(part["ends"]) if part["ends"] else None,
                }
            )
            for part in said["parts"]
        )
        return cls(**{**said, "parts": parts})


def is_another(before: Schedule, after: Schedule) -> bool:
    """Whether people have to plan anew. What a session is called and in which track it is changes no plan."""
    return _plan(before) != _plan(after)


def _plan(schedule: Schedule) -> Schedule:
    parts = sorted((replace(part, title="", track="") for part in schedule.parts), key=lambda part: part.key)
    return replace(schedule, parts=tuple(parts))


def overlapping(parts: Iterable[Part]) -> list[tuple[Part, Part]]:
    """Pairs nobody could attend both of and nobody chooses between: in one track, or one of them for everybody.

    A part of which only the day is known overlaps nothing.
    """
    listed = [part for part in parts if part.time_known]
    pairs = clashes(Span(at, part.starts, part.ends) for at, part in enumerate(listed))
    found = [(listed[one], listed[other]) for one, other in pairs]
    return [(one, other) for one, other in found if not one.track or not other.track or one.track == other.track]


def shifted(starts: datetime, ends: datetime | None, days: int, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    """Start and end at the same times of day, so many days later.

    Where a change of the clock would put the end before the start, the part lasts as long as it did.
    """
    begins = moved_by_days(starts, days, zone)
    if ends is None:
        return begins, None
    over = moved_by_days(ends, days, zone)
    return begins, over if over > begins else begins + (ends - starts)
