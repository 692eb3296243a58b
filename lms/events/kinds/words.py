"""How mail says when and where: in the event's own zone, with the zone's name."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.events.models import Event
from lms.events.shown import day_said


def one_line(text: str) -> str:
    """What somebody typed, fit to stand inside a sentence."""
    return " ".join(text.split())


def moment_words(event: Event, moment: datetime) -> str:
    """One moment, e.g. of a deadline: day, time, zone."""
    local = moment.astimezone(event.zone)
    words = {"day": day_said(local), "time": date_format(local, "H:i"), "zone": zone_name(event)}
    return _("%(day)s at %(time)s (%(zone)s)") % words


def zone_name(event: Event) -> str:
    return event.time_zone.replace("_", " ")


def when(event: Event) -> str:
    """When it is, as one sentence; nothing for an event without a date."""
    if not event.starts_at or not event.ends_at:
        return _("When: not decided yet.")
    start, end = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    first = event.sessions.order_by("starts_at", "pk").first()
    known = first is None or first.time_known
    last = end - timedelta.resolution  # what ends at midnight is over on the day before
    words = {
        "day": day_said(start),
        "last": day_said(last),
        "from": date_format(start, "H:i"),
        "to": date_format(end, "H:i"),
        "zone": zone_name(event),
    }
    if start.date() >= last.date():
        sentence = (
            _("When: %(day)s, %(from)s–%(to)s (%(zone)s).") if known else _("When: %(day)s. The time is to come.")
        )
    elif known:
        sentence = _("When: %(day)s, %(from)s, to %(last)s (%(zone)s).")
    else:
        sentence = _("When: %(day)s to %(last)s.")
    if event.is_tentative:
        return f"{sentence % words} {_('This is not certain yet: we write to you when it is.')}"
    return sentence % words


def where(event: Event) -> str:
    """Where it is, as one sentence; nothing where nobody said."""
    if event.place:
        return _("Where: %(place)s.") % {"place": one_line(event.place).rstrip(".")}
    if event.link:
        return _("Where: online. Your own way in stands on the event’s page from 15 minutes before.")
    return ""


def when_and_where(event: Event) -> list[str]:
    return [sentence for sentence in (when(event), where(event)) if sentence]
