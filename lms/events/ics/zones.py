"""Time zones as calendars carry them: VTIMEZONE, made from what this machine knows of a zone.

icalendar's own `Timezone.from_tzid` (7.3) lets summer time begin an hour late: it gives the beginning in the new time
where RFC 5545, section 3.6.5, asks for the time before the change. So the changes are found here.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(days=7)
"""No zone changes its clocks twice within a week."""
FIRST, LAST = 1971, 9997
"""Years that can be asked for: a little less than what Python can count, and nothing before computers had zones."""


@lru_cache(maxsize=256)
def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone, right from the beginning of one year to the end of another. Not to be changed: it is shared."""
    zone = ZoneInfo(name)
    found = Timezone()
    found.add("TZID", name)
    first = datetime(min(max(first_year, FIRST), LAST) - 1, 1, 1, tzinfo=UTC)
    last = datetime(min(max(last_year, FIRST), LAST) + 2, 1, 1, tzinfo=UTC)
    found.add_component(_observance(zone, first, first))
    for change in changes(zone, first, last):
        found.add_component(_observance(zone, change - timedelta(seconds=1), change))
    return found


def changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """The moments (UTC) between two moments at which the zone's clocks are put, to the second."""
    found = []
    before = first
    while before < last:
        after = before + STEP
        if _offsets(zone, before) != _offsets(zone, after):
            low, high = before, after
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (low, middle) if _offsets(zone, middle) != _offsets(zone, before) else (middle, high)
            found.append(high)
        before = after
    return found


def comes_twice(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock in this zone shows the same time at another moment, too."""
    local = moment.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _offsets(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, bool]:
    local = moment.astimezone(zone)
    return local.utcoffset(), bool(local.dst())


def _observance(zone: ZoneInfo, before: datetime, change: datetime) -> TimezoneDaylight | TimezoneStandard:
    """What holds from a change on; its beginning is told by the clock as it stood before."""
    old, new = before.astimezone(zone), change.astimezone(zone)
    offset = old.utcoffset() or timedelta()
    found = TimezoneDaylight() if new.dst() else TimezoneStandard()
    found.DTSTART = (change + offset).replace(tzinfo=None)
    found.TZOFFSETFROM = offset
    found.TZOFFSETTO = new.utcoffset() or timedelta()
    found.add("TZNAME", new.tzname() or zone.key)
    return found
