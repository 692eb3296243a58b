"""Being there: when the door is open, and which session somebody is in. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.events.rules import sides
from lms.events.rules.states import RegistrationState

OPENS_BEFORE = timedelta(minutes=15)
"""How long before its start one may come in."""

BREAK = timedelta(hours=3)
"""Sessions with no longer pause between them are one sitting: the door stays open."""

FINISHED_AFTER = timedelta(hours=24)
"""How long after its end an event waits for its organisers before it is finished by itself."""

PLANNED = frozenset({RegistrationState.CONFIRMED, RegistrationState.ATTENDED, RegistrationState.ABSENT})
"""Those who were to be there: each was, or was not, or nobody has said yet."""

COMING_IN = frozenset({RegistrationState.CONFIRMED, RegistrationState.ATTENDED})
"""Those whose own link and code let them in."""


class Door(StrEnum):
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """A session: when, and in which track; `track` is empty for what everybody attends."""

    id: int
    starts_at: datetime
    ends_at: datetime
    track: str = ""


def door(spans: Iterable[Span], now: datetime) -> tuple[Door, datetime | None]:
    """Whether one may come in, and when one may next where it is too early. Without sessions it is always open."""
    sittings = _sittings(spans)
    for starts, ends in sittings:
        if now < starts - OPENS_BEFORE:
            return Door.EARLY, starts - OPENS_BEFORE
        if now < ends:
            return Door.OPEN, None
    return (Door.OVER if sittings else Door.OPEN), None


def _sittings(spans: Iterable[Span]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for span in sorted(spans, key=lambda one: one.starts_at):
        if found and span.starts_at - found[-1][1] <= BREAK:
            found[-1] = found[-1][0], max(found[-1][1], span.ends_at)
        else:
            found.append((span.starts_at, span.ends_at))
    return found


def chosen_among(spans: Iterable[Span]) -> set[int]:
    """The sessions one is in only by choosing them: those of a track, while another track has one at the same time."""
    by_id = {span.id: span for span in spans if span.track}
    pairs = sides.clashes(sides.Span(one.id, one.starts_at, one.ends_at) for one in by_id.values())
    return {pk for pair in pairs if by_id[pair[0]].track != by_id[pair[1]].track for pk in pair}


def sessions_now(
    spans: Sequence[Span], chosen: Collection[int], now: datetime, *, ahead: timedelta = OPENS_BEFORE
) -> list[int]:
    """The sessions somebody is in now, or will be within `ahead`: of those planned for them, else of all there are.

    What runs comes before what is about to begin. Several of parallel tracks: they chose none of them.
    """
    by_choice = chosen_among(spans)
    planned = [span for span in spans if span.id not in by_choice or span.id in chosen]
    return _on(planned, now, ahead) or _on(spans, now, ahead)


def _on(spans: Iterable[Span], now: datetime, ahead: timedelta) -> list[int]:
    listed = sorted(spans, key=lambda one: (one.starts_at, one.track, one.id))
    if running := [one.id for one in listed if one.starts_at <= now < one.ends_at]:
        return running
    coming = [one for one in listed if now < one.starts_at <= now + ahead]
    return [one.id for one in coming if one.starts_at == coming[0].starts_at]
