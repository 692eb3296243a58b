"""Who was to be where, and who was there."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.crypto import salted_hmac

from lms.events.models import Attendance, Event, Registration, Session, SessionChoice
from lms.events.rules import EventStatus, RegistrationState
from lms.events.rules.being_there import FINISHED_AFTER, PLANNED, Span, chosen_among


def spans_of(event_id: int) -> list[Span]:
    """The sessions of an event, as far as it matters for coming in. One query."""
    return spans(Session.objects.filter(event=event_id))


def spans(sessions: Any) -> list[Span]:
    return [Span(one.pk, one.starts_at, one.until, one.track) for one in sessions]


DIGITS = 6


def code_of(event: Event) -> str:
    """The code for the screen: the one an organiser made last, else the event's first, which nobody can guess."""
    first = int.from_bytes(salted_hmac("lms.events.check_in", event.uid.hex, algorithm="sha256").digest())
    return event.check_in_code or f"{first % 10**DIGITS:0{DIGITS}}"


def chosen_by(registration: Registration) -> set[int]:
    """The ids of the sessions somebody chose."""
    return set(SessionChoice.objects.filter(registration=registration).values_list("session_id", flat=True))


def registration_with_key(key: str) -> Registration | None:
    """Whose personal link it is."""
    found = Registration.objects.select_related("event", "user", "order")
    return found.filter(join_key=key).first()


def registration_at(event: Event, user_id: int) -> Registration | None:
    """A person's registration at the event; one that counts before one that came to an end."""
    own = Registration.objects.filter(event=event, user=user_id).select_related("event", "user", "order")
    ended = [RegistrationState.DECLINED, RegistrationState.CANCELLED]
    return min(own, key=lambda one: (one.state in ended, -one.pk), default=None)


def seen_in(registration: Registration) -> list[Attendance]:
    """Where this person was seen so far."""
    return list(registration.attendances.select_related("session").order_by("seen_at", "pk"))


def with_seen(registrations: QuerySet[Registration]) -> QuerySet[Any]:
    """The registrations with `seen`: whether they were noted in any session."""
    return registrations.annotate(seen=Exists(Attendance.objects.filter(registration=OuterRef("pk"))))


def events_to_finish(now: datetime) -> QuerySet[Any]:
    """The ids of events that ended a day ago, were attended, and have people of whom nobody said if they came."""
    left = Registration.objects.filter(event=OuterRef("pk"), state=RegistrationState.CONFIRMED)
    seen = Attendance.objects.filter(registration__event=OuterRef("pk"))
    over = Event.objects.filter(ends_at__lte=now - FINISHED_AFTER).exclude(status=EventStatus.CANCELLED)
    return over.filter(Exists(left), Exists(seen)).order_by("pk").values("pk")


@dataclass(frozen=True, slots=True)
class Counted:
    """A session, how many were to be in it, how many of them were, and how many came besides."""

    session: Session
    planned: int
    seen: int
    besides: int
    by_choice: bool

    @property
    def came(self) -> int:
        return self.seen + self.besides


@dataclass(frozen=True, slots=True)
class Attended:
    """An event: how many were to be there, how many were in any session, how many nobody has decided on."""

    sessions: list[Counted]
    planned: int
    seen: int
    open: int
    open_seen: int

    @property
    def open_unseen(self) -> int:
        return self.open - self.open_seen

    def counted(self, session_id: int) -> Counted | None:
        return next((one for one in self.sessions if one.session.pk == session_id), None)


def attended(event: Event) -> Attended:
    """Three queries, however many people come."""
    chose = Count("choices", filter=Q(choices__registration__state__in=PLANNED))
    sessions: list[Any] = list(event.sessions.annotate(chose=chose))
    by_choice = chosen_among(spans(sessions))
    states = with_seen(Registration.objects.filter(event=event, state__in=PLANNED)).values_list("state", "seen")
    people = Counter(states)
    own = SessionChoice.objects.filter(registration=OuterRef("registration"), session=OuterRef("session"))
    noted = Attendance.objects.filter(session__event=event, registration__state__in=PLANNED)
    seen = Counter(noted.annotate(chosen=Exists(own)).values_list("session_id", "chosen"))
    everybody = sum(people.values())
    counted = [
        Counted(one, one.chose, seen[one.pk, True], seen[one.pk, False], True)
        if one.pk in by_choice
        else Counted(one, everybody, seen[one.pk, True] + seen[one.pk, False], 0, False)
        for one in sessions
    ]
    undecided = RegistrationState.CONFIRMED
    return Attended(
        counted,
        planned=everybody,
        seen=sum(number for (_state, was_seen), number in people.items() if was_seen),
        open=people[undecided, True] + people[undecided, False],
        open_seen=people[undecided, True],
    )


def people_of(event: Event, counted: Counted | None = None, *, named: str = "") -> QuerySet[Any]:
    """Those who were to be in the session, were, or may be: each with `noted`, a list of at most one attendance.

    Where people choose, whoever chose nothing may be in any: they have `chose_nothing`. Without a session, those of the
    whole event. `named`: a part of the name or of the address.
    """
    people = Registration.objects.filter(event=event, state__in=PLANNED).select_related("company")
    if named:
        people = people.filter(Q(name__icontains=named) | Q(email__icontains=named))
    if counted is None:
        return people.order_by("name", "pk")
    session = counted.session
    here = Attendance.objects.filter(session=session).select_related("by")
    if counted.by_choice:
        chose = SessionChoice.objects.filter(registration=OuterRef("pk"))
        came = Attendance.objects.filter(registration=OuterRef("pk"), session=session)
        people = people.annotate(chose_nothing=~Exists(chose.filter(_beside(session))))
        people = people.filter(Exists(chose.filter(session=session)) | Exists(came) | Q(chose_nothing=True))
    return people.prefetch_related(Prefetch("attendances", here, to_attr="noted")).order_by("name", "pk")


def _beside(session: Session) -> Q:
    """Choices of sessions at the same time, this one among them. One without an end may last a day."""
    begun = Q(session__starts_at__lt=session.until)
    goes_on = Q(session__ends_at__gt=session.starts_at)
    no_end = Q(session__ends_at=None, session__starts_at__gt=session.starts_at - timedelta(days=1))
    return begun & (goes_on | no_end)


def planned_for(event: Event, counted: Counted) -> QuerySet[Registration]:
    """Those who were to be in the session."""
    people = Registration.objects.filter(event=event, state__in=PLANNED)
    return people.filter(choices__session=counted.session) if counted.by_choice else people
