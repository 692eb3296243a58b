"""The journey to Minneapolis of 2023, as its invitation has it, in our own sentences."""

from datetime import UTC, datetime
from typing import Any

from cms.models import DelegationHost, DelegationPage
from lms.events.models import Event, Fee
from tests.factories.cms import delegation
from tests.factories.events import EventFactory


def utc(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=UTC)


SESSIONS: list[dict[str, Any]] = [
    {"title": "Medical Alley", "starts_at": utc(31, 14, month=5), "place": "Medical Alley", "tentative": True},
    {
        "title": "Parallel session for companies",
        "starts_at": utc(1, 14),
        "track": "Companies",
        "place": "Norway House",
        "tentative": True,
    },
    {
        "title": "Parallel session for universities, municipalities and health institutions",
        "starts_at": utc(1, 14),
        "track": "Institutions",
        "place": "Medtronic HQ or a virtual hospital, and/or the University of Minnesota, Twin Cities",
        "tentative": True,
    },
    {
        "title": "US and Norway networking evening",
        "description": "Norwegian food and networking.",
        "starts_at": utc(1, 23, 30),
        "ends_at": utc(2, 2),
        "place": "Norway House",
        "tentative": True,
    },
    {"title": "Mayo Clinic", "starts_at": utc(2, 5), "time_known": False, "place": "Mayo Clinic", "tentative": True},
]
BACKGROUND = """Norwegian companies make digital health, e-health and medtech that can help care systems in Norway
and the US alike. An older population asks more of care, at home as well.

### What we look for

Peers: hospitals, care homes, companies and universities.
"""
WHY = """Minnesota's medical companies receive **PMA six months faster** than others in the US, and Mayo Clinic was
named the best smart hospital in the world for 2023.
"""


def minneapolis(**fields: Any) -> DelegationPage:
    """The delegation with its agenda, fees and organisers; `fields` are those of its event."""
    plain: dict[str, Any] = {
        "kind": "delegation",
        "title": "Visiting Minneapolis with the Norwegian ecosystem in health",
        "visibility": "everyone",
        "status": "tentative",
        "place": "Minneapolis, Minnesota, USA",
        "time_zone": "America/Chicago",
        "per_company": 2,
        "covered": "Food, other than breakfast and drinks",
        "not_covered": "Hotel\nFlight tickets",
        "sessions": SESSIONS,
    }
    event: Event = EventFactory(**{**plain, **fields})
    Fee.objects.create(event=event, company_kind="company", amount=500_000)
    return delegation(
        event,
        title=event.title,
        slug="minneapolis",
        summary="Three days on future and virtual hospitals and digital monitoring at home.",
        background=BACKGROUND,
        why_heading="Why Minnesota",
        why=WHY,
        why_source="The organisers’ invitation, 2023.",
        practical="A recommended hotel is coming soon.",
        behind_it="Together they have more than 500 members.\n\n- Help with clinical trials and testing",
        funding="USA Next, funded by Viken fylkeskommune",
        hosts=[
            DelegationHost(name="Norway Health Tech", about="A health technology cluster with hospitals at its heart."),
            DelegationHost(name="Norwegian Smart Care Cluster", about="Digital care in municipalities."),
        ],
    )
