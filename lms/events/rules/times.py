"""Times as organisers type them: in the event's own zone, where an hour may be missing or come twice. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clock is put forward over this local time: it never comes."""


class AmbiguousTime(ValueError):
    """The clock is put back: this local time comes twice."""


def in_utc(local: datetime, zone: ZoneInfo, *, later: bool | None = None) -> datetime:
    """The moment of a naive local time. `later` chooses the second of two; None refuses a time that comes twice.

    Raises NoSuchTime and AmbiguousTime.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchTime(local)
    if later is None:
        raise AmbiguousTime(local)
    return second if later else first


def moved_by_days(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day in `zone`, so many days later. An hour that is missing there becomes the next one."""
    local = moment.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return local.replace(tzinfo=zone).astimezone(UTC)
