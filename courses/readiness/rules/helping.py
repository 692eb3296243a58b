"""Which coming event fits the kind of event that a questionnaire's option names. Pure.

Editors write the kind as “webinar: privacy and security”, “expert dialogue: reimbursement”, “delegation”. What stands
before the colon says which of this site's kinds it is; a course or a masterclass is none.
"""

from collections.abc import Iterable, Set
from typing import Protocol, TypeVar

from lms.events.rules import EventKind

KINDS = {
    "webinar": EventKind.WEBINAR,
    "workshop": EventKind.WORKSHOP,
    "delegation": EventKind.DELEGATION,
    "dialogue": EventKind.MEETING,
    "meeting": EventKind.MEETING,
    "matchmaking": EventKind.MEETING,
    "networking": EventKind.MEETING,
    "group": EventKind.MEETING,
}


class Fits(Protocol):
    """As much of an event as decides. `topics` are ids; none where nobody has said what it is about."""

    @property
    def kind(self) -> str: ...

    @property
    def topics(self) -> Set[int]: ...


E = TypeVar("E", bound=Fits)


def kind_named(words: str) -> EventKind | None:
    """The kind of event these words name; None where they name none that this site has."""
    return next((KINDS[word] for word in _before_colon(words) if word in KINDS), None)


def _before_colon(words: str) -> list[str]:
    return words.split(":", 1)[0].casefold().replace("-", " ").split()


def fitting(words: str, subjects: Set[int], events: Iterable[E]) -> E | None:
    """The first of the events that is of the kind and on one of the subjects; else on a subject; else of the kind.

    Of the last is none that is known to be about something else, and none where the words only come near a kind: an
    expert dialogue is a meeting, but not every meeting is one.
    """
    kind, listed = kind_named(words), list(events)
    about = [event for event in listed if event.topics & subjects]
    both = [event for event in about if event.kind == kind]
    named = kind is not None and kind.value in _before_colon(words)
    alike = [event for event in listed if named and event.kind == kind and not (event.topics and subjects)]
    return next(iter([*both, *about, *alike]), None)
