"""Times, amounts and states of events in words, for pages. Times are in the event's zone, and the zone is named."""

from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.events.models import Registration
from lms.events.rules import ACTIVE, Cause, Price, nok
from lms.events.rules import FeeFor as For
from lms.events.rules import RegistrationState as S


def zone_said(moment: datetime, zone: ZoneInfo) -> str:
    """`Oslo time (CET)`: a zone by its city, with the letters it has at that moment, where it has letters."""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    letters = moment.astimezone(zone).strftime("%Z")
    if not letters.isalpha() or letters == city:
        return _("%(city)s time") % {"city": city}
    return _("%(city)s time (%(letters)s)") % {"city": city, "letters": letters}


def apart_said(moment: datetime, home: ZoneInfo) -> str:
    """`7 hours behind Oslo`: how the clocks of the moment's own zone stand to those of another."""
    theirs, ours = moment.utcoffset() or timedelta(0), moment.astimezone(home).utcoffset() or timedelta(0)
    hours = abs(theirs - ours) / timedelta(hours=1)
    words = {"hours": f"{hours:g}", "city": home.key.rsplit("/", 1)[-1].replace("_", " ")}
    if theirs < ours:
        return ngettext("%(hours)s hour behind %(city)s", "%(hours)s hours behind %(city)s", ceil(hours)) % words
    return ngettext("%(hours)s hour ahead of %(city)s", "%(hours)s hours ahead of %(city)s", ceil(hours)) % words


def day_said(day: date) -> str:
    """`Thursday 3 December 2026`"""
    return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}"


def moment_said(moment: datetime, zone: ZoneInfo) -> str:
    """`3 December 2026, 12:00, Oslo time (CET)`"""
    return f"{date_format(moment.astimezone(zone), 'DATETIME_FORMAT')}, {zone_said(moment, zone)}"


def moment_said_to(moment: datetime, zone: ZoneInfo, reader: ZoneInfo | None) -> str:
    """The same, and in brackets what the reader's own clock says then, if it says another time."""
    words = moment_said(moment, zone)
    if reader is None or moment.astimezone(zone).utcoffset() == moment.astimezone(reader).utcoffset():
        return words
    return _("%(there)s (%(here)s)") % {"there": words, "here": moment_said(moment, reader)}


def days_said(first: date, last: date) -> str:
    """`31 May – 2 June 2027`, or a single day with its weekday."""
    if first == last:
        return day_said(first)
    begins = date_format(first, "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT")
    return f"{begins} – {date_format(last, 'DATE_FORMAT')}"


def hours_said(begins: datetime | None, ends: datetime | None) -> str:
    """`09:00–11:00`, `from 09:00` where the end is open, `time to come` where nothing is known."""
    if begins is None:
        return _("time to come")
    start = date_format(begins, "TIME_FORMAT")
    if ends is None:
        return _("from %(time)s") % {"time": start}
    if ends.date() == begins.date():
        return f"{start}–{date_format(ends, 'TIME_FORMAT')}"
    end = f"{date_format(ends, 'MONTH_DAY_FORMAT')} {date_format(ends, 'TIME_FORMAT')}"
    return f"{start} – {end}"


def price_said(price: Price) -> str:
    """`NOK 5,000 per company`, or `Free of charge`."""
    if not price.amount:
        return _("Free of charge")
    amount = {"amount": nok(price.amount)}
    return _("%(amount)s per person") % amount if price.each == For.PERSON else _("%(amount)s per company") % amount


TONES = {
    S.REQUESTED: "now",
    S.CONFIRMED: "done",
    S.WAITING: "now",
    S.OFFERED: "act",
    S.ATTENDED: "done",
}
"""The mark that stands before the words of a state."""


def tone(registration: Registration, *, now: datetime) -> str:
    event = registration.event
    if event.is_cancelled or (event.ends_at and event.ends_at <= now and registration.state != S.ATTENDED):
        return "idle"
    return TONES.get(S(registration.state), "idle")


def stands(registration: Registration, *, number: int | None, now: datetime, you: bool) -> str:
    """Where somebody stands, in a sentence to themselves (`you`) or a few words beside a colleague's name.

    `number` is their place in the waiting line.
    """
    state, event = S(registration.state), registration.event
    if event.is_cancelled and state in ACTIVE - {S.ATTENDED, S.ABSENT}:
        return _cancelled(Cause.EVENT_CANCELLED)[0 if you else 1]
    if event.ends_at and event.ends_at <= now and (had := _had(state)):
        return had[0 if you else 1]
    if state == S.OFFERED and registration.offered_until and registration.offered_until <= now:
        return _("The time to take this place is over. It goes to the next in line.")
    until = registration.offered_until and moment_said(registration.offered_until, event.zone)
    sentences = {
        S.REQUESTED: (_("You have asked for a place. An organiser answers."), _("Asked for, an organiser answers")),
        S.CONFIRMED: (_("You have a place."), _("Has a place")),
        S.WAITING: (
            _("You are number %(number)s in line.") if number else _("You are on the waiting list."),
            _("Number %(number)s in line") if number else _("On the waiting list"),
        ),
        S.OFFERED: (_("A place is free for you until %(until)s."), _("A place is free until %(until)s")),
        S.DECLINED: _declined(registration.cause),
        S.CANCELLED: _cancelled(registration.cause),
        S.ATTENDED: (_("You were there."), _("Was there")),
        S.ABSENT: (_("You were not there."), _("Was not there")),
    }
    said = sentences[state][0 if you else 1]
    return said % {"number": number, "until": until} if "%(" in said else said


def _had(state: str) -> tuple[str, str] | None:
    """How it stood when the event was over, if nobody has said more since."""
    return {
        S.REQUESTED: (_("You had asked for a place."), _("Had asked for a place")),
        S.CONFIRMED: (_("You had a place."), _("Had a place")),
        S.WAITING: (_("You were on the waiting list."), _("Was on the waiting list")),
        S.OFFERED: (_("A place had come free for you."), _("Was offered a place")),
    }.get(S(state))


def _declined(cause: str) -> tuple[str, str]:
    if cause == Cause.OFFER_RAN_OUT:
        return (
            _("The place that was free for you was not taken in time. It went to the next in line."),
            _("Did not take the place in time"),
        )
    return _("An organiser could not give you a place."), _("No place, by an organiser")


def _cancelled(cause: str) -> tuple[str, str]:
    if cause == Cause.EVENT_CANCELLED:
        return _("The event is cancelled, and your place with it."), _("Cancelled with the event")
    if cause == Cause.BY_ORGANISER:
        return _("An organiser took you off the list."), _("Taken off the list by an organiser")
    return _("You have given up your place."), _("Place given up")
