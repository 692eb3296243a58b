"""Moments in words: in the event's own zone, and in the reader's where that differs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def told(moment: datetime, zone: ZoneInfo) -> str:
    """The day and time in that zone, with the zone's name: “22 November 2026, 14:00, Oslo time”."""
    local = moment.astimezone(zone)
    words = {"when": date_format(local, "DATETIME_FORMAT"), "city": city(zone)}
    return _("%(when)s, %(city)s time") % words


def told_to(moment: datetime, zone: ZoneInfo, reader: ZoneInfo | None) -> str:
    """The same, and in brackets what the reader's own clock says then, if it says another time."""
    words = told(moment, zone)
    if reader is None or moment.astimezone(zone).utcoffset() == moment.astimezone(reader).utcoffset():
        return words
    return _("%(there)s (%(here)s)") % {"there": words, "here": told(moment, reader)}


def city(zone: ZoneInfo) -> str:
    """What people call the zone: “Oslo” of “Europe/Oslo”."""
    return zone.key.rpartition("/")[2].replace("_", " ")
