"""The file itself, by icalendar: folded at 75 octets, CRLF, every text escaped."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.events.ics.entries import Entry, Standing
from lms.events.ics.zones import comes_twice, vtimezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
FORM = 1
"""Raised whenever the same entries make another file than before: what programs have kept is then stale."""
ASK_AGAIN = timedelta(hours=1)
"""How often programs are asked to look for news."""
ONE_DAY = timedelta(days=1)


def version_of(entries: Sequence[Entry], name: str = "") -> str:
    """64 hexadecimal digits that differ whenever the file of these entries does, made without making it."""
    about = (FORM, settings.SITE_URL, settings.WAGTAIL_SITE_NAME, settings.DEFAULT_FROM_EMAIL, get_language(), name)
    return hashlib.sha256(repr((about, list(entries))).encode("utf-8", "surrogatepass")).hexdigest()


def calendar_file(entries: Sequence[Entry], *, name: str = "", cancels: bool = False) -> bytes:
    """The entries as one iCalendar object. `name` makes it a feed to come back to.

    With `cancels` it takes the entries out of a calendar that has them; else a calendar adds or updates them.
    """
    calendar = icalendar.Calendar()
    calendar.add("PRODID", f"-//{clean(settings.WAGTAIL_SITE_NAME)}//Events//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "CANCEL" if cancels else "PUBLISH")
    if name:
        for known_as in ("NAME", "X-WR-CALNAME"):
            calendar.add(known_as, icalendar.vText(clean(name)))
        calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(ASK_AGAIN))
    for zone in sorted({one.zone for one in entries} - {"UTC"}):
        years = [year for one in entries if one.zone == zone for year in _years(one)]
        calendar.add_component(vtimezone(zone, min(years), max(years)))
    organiser = _organiser()
    for entry in entries:
        calendar.add_component(_vevent(entry, organiser))
    return calendar.to_ical()


def clean(text: str) -> str:
    """Text without characters that iCalendar cannot carry or that some readers take for the end of a line."""
    return "".join(filter(_carried, "\n".join(text.splitlines())))


def _carried(char: str) -> bool:
    return char in "\n\t" or (char != "\ufeff" and unicodedata.category(char) not in {"Cc", "Cs"})


def dates(entry: Entry) -> tuple[date, date]:
    """The first day of it, and the day after its last, as the days are in its zone."""
    zone = ZoneInfo(entry.zone)
    first = entry.starts_at.astimezone(zone).date()
    if entry.ends_at is None:
        return first, first + ONE_DAY
    # What ends at midnight does not touch the day that begins then.
    return first, (entry.ends_at - timedelta(microseconds=1)).astimezone(zone).date() + ONE_DAY


def _years(entry: Entry) -> tuple[int, int]:
    return entry.starts_at.year, (entry.ends_at or entry.starts_at).year


def _vevent(entry: Entry, organiser: icalendar.vCalAddress) -> icalendar.Event:
    event = icalendar.Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    # The moment of the last change, not of this request: the same event makes the same file.
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SUMMARY", clean(entry.title))
    _add_times(event, entry)
    event.add("STATUS", entry.standing.value)
    free = entry.whole_days or entry.standing == Standing.CANCELLED
    event.add("TRANSP", "TRANSPARENT" if free else "OPAQUE")
    busy = "TENTATIVE" if entry.standing == Standing.TENTATIVE else "BUSY"
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE" if free else busy)
    event.add("URL", icalendar.vUri(entry.url))
    event.add("ORGANIZER", organiser)
    if place := clean(entry.place or entry.join):
        event.add("LOCATION", place)
    if text := clean(_description(entry)):
        event.add("DESCRIPTION", text)
    return event


def _add_times(event: icalendar.Event, entry: Entry) -> None:
    if entry.whole_days:
        first, after = dates(entry)
        event.add("DTSTART", first)
        event.add("DTEND", after)
        event.add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE")
        return
    zone = ZoneInfo(entry.zone)
    moments = [entry.starts_at] if entry.ends_at is None else [entry.starts_at, entry.ends_at]
    # A local time that comes twice always means its first coming (RFC 5545, section 3.3.5): UTC says which.
    told_in = UTC if entry.zone == "UTC" or any(comes_twice(one, zone) for one in moments) else zone
    for name, moment in zip(("DTSTART", "DTEND"), moments, strict=False):
        event.add(name, moment.astimezone(told_in))


def _organiser() -> icalendar.vCalAddress:
    """This site, which sends the mail: RFC 5546, sections 3.2.1 and 3.2.5, ask for one. Nobody's own address."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = icalendar.vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = clean(settings.WAGTAIL_SITE_NAME).replace('"', "'").replace("\n", " ")
    return organiser


def _description(entry: Entry) -> str:
    parts = [entry.text, entry.url]
    if entry.join:
        parts.insert(0, _("Join the meeting: %(address)s") % {"address": entry.join})
    return "\n\n".join(part for part in parts if part)
