"""Places: how many are free, what still fits, and whose turn it is. Nobody overtakes anybody. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What an event allows. None: no limit."""

    capacity: int | None = None
    per_company: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """People who wait as one: an order that comes together or not at all, or one person. `order` is their turn."""

    order: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Room:
    """What there is for somebody who asks now. None: no limit.

    `places` are free for them at once, `company` is how many more people their company may send.
    """

    places: int | None
    company: int | None


def free_places(capacity: int | None, holding: int) -> int | None:
    """Places nobody has; never fewer than none. None where there is no limit."""
    return None if capacity is None else max(0, capacity - holding)


def room_for(limits: Limits, *, holding: int, waiting: int, of_company: int) -> Room:
    """What is left, with `holding` places taken, `waiting` people in line, and `of_company` of the company counted.

    While anybody waits, no place is free for somebody new: it belongs to the head of the line.
    """
    places = free_places(limits.capacity, holding)
    company = None if limits.per_company is None else max(0, limits.per_company - of_company)
    return Room(0 if waiting and places is not None else places, company)


def next_offers(line: Iterable[Party], free: int | None) -> list[Party]:
    """Who is offered a place now, from the head of the line on, until the first party that does not fit."""
    chosen: list[Party] = []
    for party in sorted(line, key=lambda one: one.order):
        if free is not None and party.size > free:
            break
        chosen.append(party)
        free = None if free is None else free - party.size
    return chosen


def held_for(line: Iterable[Party], free: int | None) -> Party | None:
    """The head of the line, when places are free and kept for it because they are too few for all of it. Else None."""
    head = min(line, key=lambda one: one.order, default=None)
    return head if head and free and head.size > free else None
