"""Who may start a course that agreements limit, and which seat it takes. Pure: plain values in, plain values out.

An agreement counts from its first to its last day, both included, by the clock of the product's home (Oslo). Several
may cover one course. Whoever holds a seat in any of them may start; else a seat is taken from the one that ends first
and has one left, so that what lasts longer stays for later: of two that end on the same day from the older one, and
from one without an end last of all.

A person in several companies takes the seat of the company they act for. An agreement that has ended closes nothing for
those who have started: only starting asks for a seat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum


def remaining(agreed: int, extra: int, used: int) -> int:
    """Seats left. Never below zero for what the actions allow: see `fits`."""
    return agreed + extra - used


def fits(agreed: int, extra: int, used: int) -> bool:
    """Whether so many seats suffice for those who hold one."""
    return remaining(agreed, extra, used) >= 0


def is_current(starts: date | None, ends: date | None, today: date) -> bool:
    """Whether an agreement limits its courses today."""
    return (starts is None or starts <= today) and not has_ended(ends, today)


def has_ended(ends: date | None, today: date) -> bool:
    return ends is not None and ends < today


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement with its seats counted. `held`: the person asked about holds one of them."""

    id: int
    name: str
    agreed: int
    extra: int
    used: int
    starts: date | None = None
    ends: date | None = None
    held: bool = False

    @property
    def total(self) -> int:
        return self.agreed + self.extra

    @property
    def remaining(self) -> int:
        return remaining(self.agreed, self.extra, self.used)


class Verdict(Enum):
    UNLIMITED = "unlimited"
    HELD = "held"
    TAKES = "takes"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether somebody may start. `terms`: the agreement they hold a seat in, or from which they take one."""

    verdict: Verdict
    terms: Terms | None = None


def ruling(current: Sequence[Terms]) -> Ruling:
    """Decide by all agreements that cover the course for the company today."""
    if not current:
        return Ruling(Verdict.UNLIMITED)
    by_end = sorted(current, key=lambda one: (one.ends or date.max, one.id))
    for one in by_end:
        if one.held:
            return Ruling(Verdict.HELD, one)
    for one in by_end:
        if one.remaining > 0:
            return Ruling(Verdict.TAKES, one)
    return Ruling(Verdict.FULL)


def may_be_taken_back(*, at_work: bool, in_company: bool) -> bool:
    """A seat is free again while its holder has done nothing with it, or when they are in the company no more."""
    return not (at_work and in_company)
