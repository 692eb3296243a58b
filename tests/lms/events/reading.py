"""Calendar files read back by two readers we did not write. vobject reads times by the file's own VTIMEZONE."""

import io
from datetime import date, datetime
from typing import Any

import icalendar
import vobject
from vobject import icalendar as vobject_zones


def by_icalendar(content: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(content)


def by_vobject(content: bytes) -> Any:
    """Zones that another file taught it are forgotten first: these times are by the zones of this file."""
    for known in set(vobject_zones.__dict__["__tzidMap"]) - {"UTC"}:
        del vobject_zones.__dict__["__tzidMap"][known]
    return vobject.readOne(io.StringIO(content.decode(), newline=""))


def vevents(content: bytes) -> list[Any]:
    return list(by_vobject(content).contents.get("vevent", []))


def times(content: bytes) -> list[tuple[Any, Any]]:
    """(start, end) of every entry, as both readers agree on them."""
    first = [(one.start, one.get("DTEND") and one.end) for one in by_icalendar(content).events]
    second = [(one.dtstart.value, one.dtend.value if hasattr(one, "dtend") else None) for one in vevents(content)]
    assert [tuple(map(moment, pair)) for pair in first] == [tuple(map(moment, pair)) for pair in second]
    return first


def moment(value: date | datetime | None) -> Any:
    """Seconds since 1970, or the day: zones of two readers are never the same."""
    return value.timestamp() if isinstance(value, datetime) else value


def titles(content: bytes) -> list[str]:
    return [str(one["SUMMARY"]) for one in by_icalendar(content).events]


def statuses(content: bytes) -> list[str]:
    return [str(one["STATUS"]) for one in by_icalendar(content).events]
