"""Addresses that add an event to a calendar on the web."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.events.ics.entries import entries_of
from lms.events.ics.writing import clean, dates
from lms.events.models import Event

GOOGLE = "https://calendar.google.com/calendar"
OUTLOOK = "https://outlook.office.com/calendar/0"


@dataclass(frozen=True, slots=True)
class Links:
    """`as_days`: these calendars take one entry, so an event of several sessions is one over its days."""

    google: str
    outlook: str
    as_days: bool


def links_to(event: Event, *, now: datetime) -> Links | None:
    """Where somebody adds the event; None for one that is over, cancelled, or has no time. Reads `event.sessions`."""
    if event.is_cancelled or event.ends_at is None or event.ends_at <= now:
        return None
    entries = entries_of(event)
    if not entries:
        return None
    if as_days := len(entries) > 1 or entries[0].whole_days:
        days = [dates(entry) for entry in entries]
        start, end = min(day for day, _after in days).isoformat(), max(after for _day, after in days).isoformat()
    else:
        begins = entries[0].starts_at.astimezone(UTC)
        ends = (entries[0].ends_at or begins + timedelta(hours=1)).astimezone(UTC)
        start, end = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begins, ends))
    title = clean(event.title)
    place = clean(event.place or entries[0].place)
    text = "\n\n".join(part for part in (clean(event.summary), entries[0].url) if part)
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{start}/{end}".replace("-", "").replace(":", ""),
        "location": place,
        "details": text,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": start,
        "enddt": end,
        "allday": str(as_days).lower(),
        "location": place,
        "body": text,
    }
    return Links(f"{GOOGLE}/render?{_query(google)}", f"{OUTLOOK}/deeplink/compose?{_query(outlook)}", len(entries) > 1)


def feed_address(token: str) -> str:
    """The whole address of a feed. It is the same in every language."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("events:calendar_feed", args=[token])


def ways_in(feed: str) -> list[tuple[str, str]]:
    """(words, address) of the calendars that can be told of a feed by a link."""
    parts = urlsplit(feed)
    webcal = f"webcal://{parts.netloc}{parts.path}"
    named = {"url": feed, "name": settings.WAGTAIL_SITE_NAME}
    return [
        (_("A calendar on this device"), webcal),
        (_("Google Calendar"), f"{GOOGLE}/r?{_query({'cid': webcal})}"),
        (_("Outlook on the web"), f"{OUTLOOK}/addfromweb?{_query(named)}"),
    ]


def _query(values: dict[str, str]) -> str:
    """Spaces as %20: Outlook shows a plus as it is."""
    return urlencode({name: value for name, value in values.items() if value}, quote_via=quote)
