"""Calendar files read back by readers we did not write: icalendar, and vobject with dateutil."""

import io
import re
from datetime import date, datetime
from typing import Any

import icalendar
import vobject
from dateutil import tz
from vobject.icalendar import registerTzid


def by_icalendar(content: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(content)


def by_vobject(content: bytes) -> Any:
    """With times by the zones of this very file: vobject alone would take those of the machine."""
    zones = b"".join(re.findall(rb"(?ms)^BEGIN:VTIMEZONE\r\n.*?^END:VTIMEZONE\r\n", content))
    known = tz.tzical(io.StringIO(zones.decode())) if zones else None
    for name in known.keys() if known else ():
        registerTzid(name, known.get(name))
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
