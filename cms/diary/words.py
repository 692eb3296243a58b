"""How events are told in a line: when, where, how many places are left, and where one stands oneself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from lms.events.rules import RegistrationState

OWN: dict[str, Promise] = {
    RegistrationState.REQUESTED: gettext_lazy("You have asked for a place"),
    RegistrationState.CONFIRMED: gettext_lazy("You have a place"),
    RegistrationState.WAITING: gettext_lazy("You are on the waiting list"),
    RegistrationState.OFFERED: gettext_lazy("You are offered a place"),
    RegistrationState.ATTENDED: gettext_lazy("You were there"),
    RegistrationState.ABSENT: gettext_lazy("You were not there"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when. Without `time_known` only the first day is certain. `ends_at` is empty where nobody said;
    `last` is when the last session begins."""

    starts_at: datetime
    time_known: bool
    last: datetime
    ends_at: datetime | None


def when(span: Span, zone: ZoneInfo, today: date) -> str:
    """“Monday 31 May, 09:00–11:00”, “31 May – 2 June, from 09:00”, “Monday 31 May, time to come”; in `zone`.

    The year stands there where it is not this one.
    """
    first, last = span.starts_at.astimezone(zone), span.last.astimezone(zone).date()
    ended = span.ends_at.astimezone(zone) if span.ends_at else None
    if ended:
        last = max(last, (ended - timedelta(microseconds=1)).date())
    day = _span_of_days(first.date(), last, today)
    if not span.time_known:
        return _("%(day)s, time to come") % {"day": day}
    if ended is None or last != first.date():
        return _("%(day)s, from %(time)s") % {"day": day, "time": _clock(first)}
    return f"{day}, {_clock(first)}–{_clock(ended)}"


def _span_of_days(first: date, last: date, today: date) -> str:
    year = "" if last.year == today.year else f" {last.year}"
    if first == last:
        return date_format(first, pgettext("date format", "l j F")) + year
    form = pgettext("date format", "j F")
    began = "" if first.year == last.year else f" {first.year}"
    return f"{date_format(first, form)}{began} – {date_format(last, form)}{year}"


def _clock(moment: datetime) -> str:
    return date_format(moment, "H:i")


def zone_words(moment: datetime, zone: ZoneInfo) -> str:
    """The name of a zone's time at that moment: “Oslo time (CEST)”."""
    short = moment.astimezone(zone).tzname() or ""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    if city == short:
        return city
    return _("%(city)s time (%(short)s)") % {"city": city, "short": f"UTC{short}" if short[:1] in "+-" else short}


def places(capacity: int | None, *, holding: int, in_line: int) -> str:
    """“12 places left”, “Full, 3 wait”, “No limit …”. While anybody waits, no place is free for somebody new."""
    if capacity is None:
        return _("No limit on places")
    left = capacity - holding
    if in_line:
        return ngettext("Full, %(count)d waits", "Full, %(count)d wait", in_line) % {"count": in_line}
    if left <= 0:
        return _("Full")
    return ngettext("%(count)d place left", "%(count)d places left", left) % {"count": left}
