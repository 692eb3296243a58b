"""What people thought of an event: who may say so, for how long, and what the answers come to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.events.rules.states import RegistrationState

ASKED_AFTER = timedelta(hours=1)
"""How long after the end people are asked."""

ASKED_UNTIL = timedelta(days=30)
"""After so long nobody is asked any more."""

CHANGEABLE = timedelta(days=14)
"""How long an answer can be changed."""

MOST_QUESTIONS = 12
SCALE = range(1, 6)


def may_answer(state: str, *, seen: bool, over: bool) -> bool:
    """Whether somebody may say how it was: whoever was there, and after the end whoever was to be and nobody missed."""
    if state == RegistrationState.ATTENDED:
        return True
    return state == RegistrationState.CONFIRMED and (seen or over)


def may_change(given_at: datetime, now: datetime) -> bool:
    return now < given_at + CHANGEABLE


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers to a question from 1 to 5: how many gave each, five first."""

    counts: tuple[tuple[int, int], ...]

    @property
    def n(self) -> int:
        return sum(count for _value, count in self.counts)

    @property
    def mean(self) -> float | None:
        """None where nobody answered."""
        return sum(value * count for value, count in self.counts) / self.n if self.n else None


def scale(answers: Iterable[object]) -> Scale:
    """What is no whole number from 1 to 5 does not count."""
    given = [one for one in answers if isinstance(one, int) and not isinstance(one, bool) and one in SCALE]
    return Scale(tuple((value, given.count(value)) for value in reversed(SCALE)))
