"""What is decided about a recording without a database: where listeners go on, how time reads, what is one passage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

FINISHED_PERCENT = 95
"""Whoever has heard this much has heard it: what is left is thanks and music."""

LONGEST = 24 * 60 * 60
"""Seconds; the end of a recording whose length nobody could read."""

PASSAGE_SECONDS = 30
SPEEDS = ("0.75", "1", "1.25", "1.5", "1.75", "2")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listener goes on, in whole seconds. Finished means: to the end once, and from the beginning again."""

    position: int
    finished: bool


def place_after(position: float, *, duration: int | None, ended: bool = False) -> Place:
    """The place to keep for somebody who stopped at `position` seconds, of `duration` where it is known."""
    end = duration or LONGEST
    inside = min(max(position, 0), end)
    if ended or (duration and inside * 100 >= duration * FINISHED_PERCENT):
        return Place(0, finished=True)
    return Place(int(inside), finished=False)


def whole_minutes(seconds: int) -> int:
    """At least one."""
    return max(1, round(seconds / 60))


@dataclass(frozen=True, slots=True)
class Segment:
    """A chapter's piece of the line one seeks on: `x` and `width` of a thousand, the end in seconds."""

    start: int
    end: int
    x: int
    width: int


def segments(starts: Iterable[int], duration: int) -> list[Segment]:
    """The line in pieces, a hair apart: one for each chapter, one for what comes before them, one where there are none.

    A chapter that begins behind the end has none.
    """
    edges = [*sorted({0, *(start for start in starts if 0 < start < duration)}), duration]
    gap = 3
    made = []
    for start, end in pairwise(edges):
        x, right = (1000 * edge // duration for edge in (start, end))
        made.append(Segment(start, end, x, max(1, right - x - (gap if end < duration else 0))))
    return made


def grouped(cues: Iterable[tuple[float, str]]) -> Iterator[tuple[int, str]]:
    """(start, text) of pieces of about half a minute, from (start, text) of cues in their order."""
    began, texts = 0.0, list[str]()
    for start, text in cues:
        if texts and start - began >= PASSAGE_SECONDS:
            yield int(began), " ".join(texts)
            texts = []
        if not texts:
            began = start
        texts.append(text)
    if texts:
        yield int(began), " ".join(texts)
