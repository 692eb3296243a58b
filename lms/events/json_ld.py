"""An event as search engines read it: schema.org's Event. Pure.

Source: schema.org/Event. Required by developers.google.com/search/docs/appearance/structured-data/event: name,
startDate and location, with an address or a virtual one; every event with a date has them here.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.text import Truncator

from lms.accounts.rules import CompanyKind
from lms.core.json_ld import SCHEMA, Data, without_nothing
from lms.events.models import Event, Fee, Session
from lms.events.rules import EventKind, EventStatus


def event_json_ld(event: Event, sessions: Sequence[Session], url: str, *, fees: Iterable[Fee] = ()) -> Data:
    """The event with its sessions in order of time; `url` is the whole address of its page.

    Nothing (an empty dict) where there is no session: without a date it is no event for anybody else. Only what is
    everybody's may be told this way: whoever calls sees to that. The link to the meeting is never in it.
    """
    if not sessions:
        return {}
    first, last = sessions[0], max(sessions, key=lambda one: one.ends_at or one.starts_at)
    parts = [_part(event, one, url) for one in sessions] if len(sessions) > 1 else []
    data = {
        "@type": "Event",
        "name": event.title,
        "description": event.summary or Truncator(event.description).chars(250),
        "url": url,
        "startDate": _begins(event, first),
        "endDate": _ends(event, last),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if event.status == EventStatus.CANCELLED else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/{_mode(event)}EventAttendanceMode",
        "location": _location(event, first, url),
        "inLanguage": event.language,
        "maximumAttendeeCapacity": event.capacity,
        "organizer": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": f"{settings.SITE_URL}/"},
        "offers": _offers(event, list(fees), url),
        "subEvent": parts,
    }
    return without_nothing(data)


def _begins(event: Event, session: Session) -> str:
    """With the offset it has there; the day alone where nobody knows the time."""
    local = session.starts_at.astimezone(event.zone)
    return local.isoformat() if session.time_known else local.date().isoformat()


def _ends(event: Event, session: Session) -> str:
    if session.ends_at and session.time_known:
        return session.ends_at.astimezone(event.zone).isoformat()
    return session.starts_at.astimezone(event.zone).date().isoformat()


def _mode(event: Event) -> str:
    online = bool(event.link) or event.kind == EventKind.WEBINAR
    if online and event.place:
        return "Mixed"
    return "Online" if online else "Offline"


def _location(event: Event, session: Session, url: str) -> Data | list[Data]:
    """Where one goes; online, this page leads there: everybody's own link stands behind it."""
    virtual: Data = {"@type": "VirtualLocation", "url": url}
    mode = _mode(event)
    if mode == "Online":
        return virtual
    place = event.place or session.place or event.zone.key.rsplit("/", 1)[-1].replace("_", " ")
    there: Data = {"@type": "Place", "name": place, "address": place}
    return [there, virtual] if mode == "Mixed" else there


def _part(event: Event, session: Session, url: str) -> Data:
    place = session.place or event.place
    part = {
        "@type": "Event",
        "name": session.title,
        "startDate": _begins(event, session),
        "endDate": _ends(event, session) if session.ends_at else "",
        "location": {"@type": "Place", "name": place, "address": place} if place else _location(event, session, url),
    }
    return without_nothing(part)


def _offers(event: Event, fees: Sequence[Fee], url: str) -> list[Data]:
    """What it costs whom; without a fee for everybody else, it is free for them."""
    if event.status == EventStatus.CANCELLED:
        return []
    kinds = {"": "", **dict(CompanyKind.choices)}
    costs = [(kinds[fee.company_kind], fee.get_each_display() if fee.amount else "", fee.amount) for fee in fees]
    if not any(fee.company_kind == "" for fee in fees):
        costs.append(("", "", 0))
    return [
        without_nothing(
            {
                "@type": "Offer",
                "name": f"{kind} {each}".strip(),
                "price": f"{Decimal(amount) / 100:.2f}",
                "priceCurrency": "NOK",
                "url": url,
                "validFrom": event.opens_at.isoformat() if event.opens_at else "",
            }
        )
        for kind, each, amount in costs
    ]
