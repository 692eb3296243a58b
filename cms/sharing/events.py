"""An event as search engines read it. Vocabulary: schema.org/Event, developers.google.com/search/docs/appearance."""

from typing import Any

from cms.sharing.rules import Data, without_nothing
from lms.events.models import Event
from lms.events.rules import EventKind, EventStatus

STATUS = {EventStatus.CANCELLED: "EventCancelled"}
"""A tentative event is scheduled; what is not certain about it the page says."""
VOCABULARY = "https://schema.org/"


def event_data(event: Event, *, name: str, description: str, url: str, image: str, organisers: list[str]) -> Data:
    """The event as it is announced, in its own zone; nothing while it has no date."""
    if event.starts_at is None:
        return {}
    starts, ends = (moment and moment.astimezone(event.zone).isoformat() for moment in (event.starts_at, event.ends_at))
    online = event.kind == EventKind.WEBINAR or (bool(event.link) and not event.place)
    return without_nothing(
        {
            "@type": "Event",
            "name": name,
            "description": description,
            "url": url,
            "image": image,
            "startDate": starts,
            "endDate": ends,
            "eventStatus": VOCABULARY + STATUS.get(EventStatus(event.status), "EventScheduled"),
            "eventAttendanceMode": f"{VOCABULARY}{'Online' if online else 'Offline'}EventAttendanceMode",
            "location": _location(event, online, url),
            "organizer": [{"@type": "Organization", "name": organiser} for organiser in organisers],
            "inLanguage": event.language,
        }
    )


def _location(event: Event, online: bool, url: str) -> dict[str, Any] | None:
    """People join by links of their own, so the place of an event online is its page."""
    if online:
        return {"@type": "VirtualLocation", "url": url}
    return {"@type": "Place", "name": event.place, "address": event.place} if event.place else None
