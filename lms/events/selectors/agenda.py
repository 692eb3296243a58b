"""An event's sessions as a person reads them: by day, and side by side where tracks run in parallel."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import prefetch_related_objects

from lms.events.models import Event, Material, Session
from lms.events.rules import Span, side_by_side


@dataclass(frozen=True, slots=True)
class Part:
    """One session. `begins` and `ends` are in the event's zone; without `begins` the time is still to come."""

    session: Session
    begins: datetime | None
    ends: datetime | None
    materials: tuple[Material, ...]
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """What one of several parallel tracks holds in a slot."""

    name: str
    parts: tuple[Part, ...]

    @property
    def chosen(self) -> bool:
        return any(part.chosen for part in self.parts)


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a day: sessions for everybody in `parts`, or `tracks` that run side by side."""

    begins: datetime | None
    ends: datetime | None
    parts: tuple[Part, ...] = ()
    tracks: tuple[Track, ...] = ()
    one_time: bool = True
    """All of it begins and ends together, so that its time is said once."""

    @property
    def key(self) -> int:
        """The id of its first session: what a form calls the slot."""
        return (self.parts or self.tracks[0].parts)[0].session.pk

    @property
    def choices(self) -> tuple[Part, ...]:
        return tuple(part for track in self.tracks for part in track.parts)


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    slots: tuple[Slot, ...]

    @property
    def has_tracks(self) -> bool:
        return any(slot.tracks for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Days in order, each with its slots in order; what has no time yet ends its day."""

    event: Event
    days: tuple[Day, ...] = ()
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def has_tracks(self) -> bool:
        return any(part.session.track for part in self.parts)

    @property
    def is_tentative(self) -> bool:
        return self.event.is_tentative or any(part.session.tentative for part in self.parts)

    @property
    def slots_to_choose(self) -> list[tuple[Day, Slot]]:
        """Where a person has a choice."""
        return [(day, slot) for day in self.days for slot in day.slots if slot.tracks]


def agenda_of(event: Event, *, chosen: Collection[int] = ()) -> Agenda:
    """Two queries, however many sessions, none once they are known. `chosen` are ids of those the reader chose."""
    prefetch_related_objects([event], "sessions__materials")
    sessions = sorted(event.sessions.all(), key=lambda one: (one.starts_at, one.track, one.pk))
    parts = tuple(_part(event, session, chosen) for session in sessions)
    by_day = groupby(parts, key=lambda part: part.session.starts_at.astimezone(event.zone).date())
    days = tuple(Day(day, tuple(_slots(list(its)))) for day, its in by_day)
    return Agenda(event, days, parts)


def _part(event: Event, session: Session, chosen: Collection[int]) -> Part:
    known = session.time_known
    return Part(
        session,
        session.starts_at.astimezone(event.zone) if known else None,
        session.ends_at.astimezone(event.zone) if known and session.ends_at else None,
        tuple(session.materials.all()),
        session.pk in chosen,
    )


def _slots(parts: list[Part]) -> list[Slot]:
    """The slots of one day."""
    by_id = {part.session.pk: part for part in parts}
    slots = [_beside([by_id[span.id] for span in group]) for group in side_by_side(_spans(parts, tracked=True))]
    common = [by_id[span.id] for span in _spans(parts, tracked=False)]
    slots += [Slot(part.begins, part.ends, (part,)) for part in common if part.begins]
    if later := tuple(part for part in common if part.begins is None):
        slots.append(Slot(None, None, later))
    return sorted(slots, key=_turn)


def _turn(slot: Slot) -> tuple[bool, float, int]:
    """What has no time yet comes last."""
    return slot.begins is None, slot.begins.timestamp() if slot.begins else 0, slot.key


def _spans(parts: Iterable[Part], *, tracked: bool) -> list[Span]:
    sessions = (part.session for part in parts if bool(part.session.track) == tracked)
    return [Span(one.pk, one.starts_at, one.ends_at, one.time_known) for one in sessions]


def _beside(parts: list[Part]) -> Slot:
    names = sorted({part.session.track for part in parts})
    tracks = tuple(Track(name, tuple(part for part in parts if part.session.track == name)) for name in names)
    one_time = len({(part.begins, part.ends) for part in parts}) == 1
    return Slot(parts[0].begins, parts[0].ends if one_time else None, tracks=tracks, one_time=one_time)
