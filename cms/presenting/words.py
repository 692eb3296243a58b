"""When an event is, in words: in its own zone, which is named."""

from datetime import date, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.events.models import Event


def begins(event: Event) -> str:
    """“12 March 2027, 10:00 CET”; only the day where no time is known; empty without a date."""
    if event.starts_at is None:
        return ""
    local = event.starts_at.astimezone(event.zone)
    day = date_format(local, "DATE_FORMAT")
    if local.time() == time.min:
        return day
    return _("%(day)s, %(time)s %(zone)s") % {"day": day, "time": f"{local:%H:%M}", "zone": local.tzname() or ""}


def days(event: Event) -> str:
    """The day, or the first and the last; empty while there is no date."""
    if event.starts_at is None:
        return ""
    first, last = (date_format(day, "DATE_FORMAT") for day in first_and_last(event))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def first_and_last(event: Event) -> tuple[date, ...]:
    """The days it begins and ends on where it is held; what ends at midnight ended the day before. It has a date."""
    begin = event.starts_at
    if begin is None:
        return ()
    end = max(begin, event.ends_at - timedelta.resolution) if event.ends_at else begin
    return begin.astimezone(event.zone).date(), end.astimezone(event.zone).date()
