"""Sessions that run side by side: which ones, and which nobody can sit in both of. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """When a session is. Without `known`, only its day is certain and `start` is that day's midnight."""

    id: int
    start: datetime
    end: datetime | None = None
    known: bool = True


def run_beside(one: Span, other: Span) -> bool:
    """Whether two sessions take the same time: they overlap, or begin together. Touching ends do not.

    A session without an end lasts a moment, and a day without an hour is beside nothing but the same day without one:
    what is not known is not held against anybody.
    """
    if one.known != other.known:
        return False
    if one.start == other.start:
        return True
    first, second = sorted((one, other), key=lambda span: span.start)
    return first.end is not None and second.start < first.end


def clashes(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The ids of each two that run side by side, the earlier first; in order of time."""
    found = []
    listed = sorted(spans, key=_turn)
    for at, one in enumerate(listed):
        for other in listed[at + 1 :]:
            if not run_beside(one, other):
                break  # what begins later still is not beside it either
            found.append((one.id, other.id))
    return found


def side_by_side(spans: Sequence[Span]) -> list[list[Span]]:
    """Groups of sessions that run beside each other, directly or through a third, each in order of time."""
    groups: list[list[Span]] = []
    for span in sorted(spans, key=_turn):
        if groups and any(run_beside(span, other) for other in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _turn(span: Span) -> tuple[bool, datetime, int]:
    """In order of time, days without an hour last."""
    return not span.known, span.start, span.id
