"""The schedule of an event, and what became another between two of them, in sentences for those who come."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.accounts.rules import zone
from lms.events.models import Event
from lms.events.rules import EventStatus, Part, Schedule

MOST_SENTENCES = 12
"""A mail says so many changes; the page says them all."""


def schedule_of(event: Event) -> Schedule:
    """When, where and whether it is now. One query."""
    parts = tuple(
        Part(
            key=str(one.uid),
            title=one.title,
            starts=one.starts_at,
            ends=one.ends_at,
            time_known=one.time_known,
            tentative=one.tentative,
            track=one.track,
            place=one.place,
        )
        for one in event.sessions.all()
    )
    return Schedule(event.status, event.time_zone, event.place, bool(event.link), parts)


def differences(before: Schedule, after: Schedule) -> list[str]:
    """What is another now, and how it was: one sentence each. Nothing where people plan as they did."""
    return [*_of_the_whole(before, after), *_of_the_parts(before, after)]


def said_briefly(sentences: list[str]) -> list[str]:
    """The first of many sentences, and where the others are."""
    if len(sentences) <= MOST_SENTENCES:
        return sentences
    rest = len(sentences) - MOST_SENTENCES
    return [*sentences[:MOST_SENTENCES], _("And %(number)d more changes: the page has them all.") % {"number": rest}]


def when(part: Part, time_zone: str) -> str:
    """When a part is, in the zone, with the zone's name: “Sunday 31 May 2026, 09:00–11:00 (CDT)”."""
    local = part.starts.astimezone(zone(time_zone))
    day = f"{date_format(local, 'l')} {date_format(local, 'DATE_FORMAT')}"
    if not part.time_known:
        return _("%(day)s, time to come") % {"day": day}
    words = {"day": day, "from": date_format(local, "TIME_FORMAT"), "zone": local.tzname()}
    if part.ends is None:
        return _("%(day)s from %(from)s (%(zone)s)") % words
    until = part.ends.astimezone(zone(time_zone))
    words["until"] = date_format(until, "TIME_FORMAT" if until.date() == local.date() else "DATETIME_FORMAT")
    return _("%(day)s, %(from)s–%(until)s (%(zone)s)") % words


def _of_the_whole(before: Schedule, after: Schedule) -> Iterable[str]:
    if before.status != after.status:
        yield {
            EventStatus.CONFIRMED: _("It is confirmed."),
            EventStatus.TENTATIVE: _("It is tentative again: it may still change."),
            EventStatus.CANCELLED: _("It is cancelled."),
        }[EventStatus(after.status)]
    if before.place != after.place:
        yield _moved_place(_("The place"), before.place, after.place)
    if before.online != after.online:
        yield _("It is also online now.") if after.online else _("It is not online any more.")
    if before.time_zone != after.time_zone:
        words = {"now": _city(after.time_zone), "before": _city(before.time_zone)}
        yield _("Times are given as in %(now)s now; they were given as in %(before)s.") % words


def _of_the_parts(before: Schedule, after: Schedule) -> Iterable[str]:
    were, are = ({part.key: part for part in one.parts} for one in (before, after))
    for key, part in were.items():
        if key not in are:
            words = {"title": part.title, "when": when(part, before.time_zone)}
            yield _("“%(title)s” is taken out. It was on %(when)s.") % words
    for key, part in are.items():
        if key not in were:
            yield _("New: “%(title)s”, %(when)s.") % {"title": part.title, "when": when(part, after.time_zone)}
        else:
            yield from _of_one(were[key], part, before, after)


def _of_one(was: Part, part: Part, before: Schedule, after: Schedule) -> Iterable[str]:
    if (was.starts, was.ends, was.time_known) != (part.starts, part.ends, part.time_known):
        words = {
            "title": part.title,
            "now": when(part, after.time_zone),
            "before": when(was, before.time_zone),
        }
        yield _("“%(title)s” is now %(now)s. It was %(before)s.") % words
    if was.place != part.place:
        yield _moved_place(_("The place of “%(title)s”") % {"title": part.title}, was.place, part.place)
    if was.tentative != part.tentative:
        words = {"title": part.title}
        yield (_("“%(title)s” is to be confirmed.") if part.tentative else _("“%(title)s” is confirmed.")) % words


def _moved_place(what: str, before: str, after: str) -> str:
    words = {"what": what, "now": after, "before": before}
    if not after:
        return _("%(what)s is still to come; it was %(before)s.") % words
    return (_("%(what)s: %(now)s. It was %(before)s.") if before else _("%(what)s: %(now)s.")) % words


def _city(time_zone: str) -> str:
    return time_zone.rsplit("/", 1)[-1].replace("_", " ")
