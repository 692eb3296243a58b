"""Events as the calendar shows them: each list a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from cms.diary.rules import Listed, Month, days_between
from cms.diary.topics_of import topics_of
from cms.diary.words import OWN, Span, places, when, zone_words
from cms.published import published
from lms.accounts.models import User
from lms.events.models import Event, Registration, Session
from lms.events.rules import ACTIVE, EventKind, EventStatus, RegistrationState, Visibility
from lms.events.selectors import events_visible_to, with_places

Asking = User | AnonymousUser
ANNOUNCED = 100
"""So far ahead somebody is told of a single event."""
LAST = datetime.max.replace(tzinfo=UTC)
"""After everything that has a date."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list, in the words of the language that is active. What is not to be said is empty.

    `must_act`: an offer waits for an answer; `is_sure`: there is nothing to wait for any more.
    """

    event: Any
    when: str
    zone: str
    places: str
    own: str
    must_act: bool
    is_sure: bool
    month: date | None

    @property
    def is_online(self) -> bool:
        return is_online(self.event.kind, self.event.place, self.event.link)


def is_online(kind: str, place: str, link: str) -> bool:
    """Whether one can take part from anywhere: there is a link, or it is a webinar that names no place."""
    return bool(link) or (kind == EventKind.WEBINAR and not place)


def listed(user: Asking) -> list[Listed]:
    """Every event somebody may read of, by its beginning; those without a date last. Two queries with topics."""
    rows = events_visible_to(user).order_by().values_list("pk", "kind", "place", "link", "starts_at", "ends_at")
    ordered = sorted(rows, key=lambda row: (row[4] or LAST, row[0]))
    topics = topics_of([row[0] for row in ordered])
    return [
        Listed(pk, kind, place, is_online(kind, place, link), starts, ends, topics.get(pk, frozenset()))
        for pk, kind, place, link, starts, ends in ordered
    ]


def lines(events: Iterable[int], user: Asking, *, now: datetime) -> list[Line]:
    """What is shown of these events, in their order. Two queries for a person, one for a visitor."""
    order = list(events)
    found = {event.pk: event for event in shown(Event.objects.filter(pk__in=order))}
    own = own_states(user, order)
    return [line(found[pk], own.get(pk, ""), now) for pk in order if pk in found]


def shown(events: QuerySet[Event]) -> QuerySet[Any]:
    """With places, and what lines say of the sessions, in the same query."""
    sessions = Session.objects.filter(event=OuterRef("pk"))
    latest = sessions.order_by().values("event").annotate(latest=Max("ends_at")).values("latest")
    return with_places(events).annotate(
        first_known=Subquery(sessions.order_by("starts_at", "pk").values("time_known")[:1]),
        last_begins=Subquery(sessions.order_by("-starts_at", "-pk").values("starts_at")[:1]),
        last_ends=Subquery(latest[:1]),
    )


def own_states(user: Asking, events: Collection[int]) -> Mapping[int, str]:
    """Where a person stands at each of these events they are registered at."""
    if not isinstance(user, User) or not events:
        return {}
    own = Registration.objects.filter(user=user, event__in=events, state__in=sorted(ACTIVE))
    return dict(own.order_by("pk").values_list("event", "state"))


def line(event: Any, state: str, now: datetime) -> Line:
    """`event` comes from `shown`."""
    told = partial(
        Line,
        event,
        places=places_of(event, now),
        own=str(OWN.get(state, "")),
        must_act=state == RegistrationState.OFFERED,
        is_sure=state in (RegistrationState.CONFIRMED, RegistrationState.ATTENDED),
    )
    if event.starts_at is None:
        return told(when="", zone="", month=None)
    span = Span(event.starts_at, event.first_known is not False, event.last_begins or event.starts_at, event.last_ends)
    return told(
        when=when(span, event.zone, now.astimezone(event.zone).date()),
        zone=zone_words(event.starts_at, event.zone),
        month=event.starts_at.astimezone(event.zone).date().replace(day=1),
    )


def places_of(event: Any, now: datetime) -> str:
    """Nothing of what is over or cancelled."""
    if event.is_cancelled or (event.ends_at and event.ends_at <= now):
        return ""
    return places(event.capacity, holding=event.holding, in_line=event.waiting)


def coming_to_everybody(*, now: datetime, most: int) -> list[Line]:
    """The next events that everybody may see, cancelled ones left out. One query."""
    public = Event.objects.filter(visibility=Visibility.EVERYONE)
    return [line(event, "", now) for event in shown(_coming(public, now))[:most]]


def _coming(events: QuerySet[Event], now: datetime) -> QuerySet[Event]:
    """Those that take place and are not over, the next first."""
    return events.filter(ends_at__gt=now).exclude(status=EventStatus.CANCELLED).order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class Announced:
    """A coming event, as far as another page speaks of it. `day` is the day there; `topics` are ids."""

    title: str
    kind: str
    language: str
    url: str
    day: date
    topics: frozenset[int]


def announced(request: HttpRequest, *, now: datetime) -> list[Announced]:
    """What the one who asks may come to in the near future, the next first.

    One query; what topics the events stand under is kept until something is published.
    """
    ahead = Event.objects.filter(ends_at__gt=now).order_by().values_list("pk", flat=True)
    topics = published(request, "topics-of-coming-events", lambda: topics_of(list(ahead)))
    return [
        Announced(
            title=event.title,
            kind=event.kind,
            language=event.language,
            url=event.get_absolute_url(),
            day=event.starts_at.astimezone(event.zone).date(),
            topics=topics.get(event.pk, frozenset()),
        )
        for event in _coming(events_visible_to(request.user), now)[:ANNOUNCED]
        if event.starts_at
    ]


# --- Months ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Entry:
    """An event on a day. `time` is when it begins there, in the calendar's zone; empty where that is not known, and
    on days it only goes on."""

    event: Event
    time: time | None


@dataclass(slots=True)
class Day:
    date: date
    is_outside: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


def sessions_in(month: Month, user: Asking, home: ZoneInfo) -> list[Session]:
    """The sessions that may stand on a day of this calendar sheet, first first. One query."""
    weeks = month.weeks()
    begins, ends = weeks[0][0] - timedelta(days=1), weeks[-1][-1] + timedelta(days=2)  # zones are up to a day apart
    start, end = (datetime.combine(day, time(), tzinfo=home) for day in (begins, ends))
    visible = events_visible_to(user).order_by()
    found = Session.objects.filter(event__in=visible, starts_at__lt=end).filter(
        Q(ends_at__gt=start) | Q(starts_at__gte=start)
    )
    return list(found.select_related("event").order_by("starts_at", "pk"))


def sheet(month: Month, sessions: Iterable[Session], home: ZoneInfo, today: date) -> list[list[Day]]:
    """The weeks of a month with what stands on each day, every event once a day. No query."""
    entries: dict[date, dict[int, Entry]] = defaultdict(dict)
    for session in sessions:
        event = session.event
        days = days_between(
            session.starts_at, session.ends_at, time_known=session.time_known, home=home, there=event.zone
        )
        begins = timezone.localtime(session.starts_at, home).time() if session.time_known else None
        for number, day in enumerate(days):
            entries[day].setdefault(event.pk, Entry(event, None if number else begins))
    return [
        [Day(day, day.month != month.month, day == today, [*entries[day].values()]) for day in week]
        for week in month.weeks()
    ]
