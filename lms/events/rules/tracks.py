"""Which sessions somebody goes to, where tracks run side by side. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.events.rules.sides import Span, clashes


@dataclass(frozen=True, slots=True)
class Slot:
    """A session as far as it matters for choosing. `start` and `end` are None where only the day is certain."""

    id: int
    track: str
    start: datetime | None
    end: datetime | None


def left_out(slots: Iterable[Slot], chosen: Collection[int]) -> set[int]:
    """The sessions of a track that somebody will not go to: they chose another one at the same time."""
    timed = {one.id: one for one in slots if one.start}
    pairs = clashes(Span(one.id, one.start, one.end) for one in timed.values() if one.start)
    return {
        other
        for pair in pairs
        for mine, other in (pair, pair[::-1])
        if mine in chosen and other not in chosen and timed[other].track
    }
