"""Days and hours of a home in words: in the person's own zone, with the day of the week."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.accounts.rules import zone


def zone_of(request: HttpRequest) -> ZoneInfo:
    return zone(request.user.time_zone if isinstance(request.user, User) else "")


def day_words(day: date) -> str:
    """`Thu 26 November`"""
    return f"{date_format(day, 'D')} {date_format(day, 'MONTH_DAY_FORMAT')}"


def moment_words(moment: datetime, here: ZoneInfo) -> str:
    """`Thu 26 November, 14:00`"""
    local = moment.astimezone(here)
    return f"{day_words(local.date())}, {date_format(local, 'TIME_FORMAT')}"


def until_words(moment: datetime, here: ZoneInfo) -> str:
    """`until Thursday 26 November at 14:00`"""
    local = moment.astimezone(here)
    day = f"{date_format(local, 'l')} {date_format(local, 'MONTH_DAY_FORMAT')}"
    return _("until %(day)s at %(time)s") % {"day": day, "time": date_format(local, "TIME_FORMAT")}


def due_words(day: date, today: date) -> str:
    """`Overdue`, `Due today`, `Due tomorrow`; nothing for what has time."""
    days = (day - today).days
    if days < 0:
        return _("Overdue")
    return {0: _("Due today"), 1: _("Due tomorrow")}.get(days, "")
