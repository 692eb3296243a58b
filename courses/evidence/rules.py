"""Who may begin a course that comes after others, and what may become of evidence of prior learning. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.rules import EvidenceState

FEWEST = 15
"""Characters other than spaces that a text without a file needs: a few words."""
MOST = 5_000
DECIDABLE = frozenset({EvidenceState.SENT, EvidenceState.ASKED})
"""States in which an advisor may accept, or ask."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a course is open to somebody. `missing` are the courses, by id, that they have not completed."""

    open: bool
    missing: tuple[int, ...] = ()


def standing(
    requires: Sequence[int], completed: Collection[int], *, started: bool = False, accepted: bool = False
) -> Standing:
    """A course is open to whoever has completed what it requires, has accepted evidence for it, or has started it.

    So what is required later never throws anybody out.
    """
    missing = tuple(course for course in requires if course not in completed)
    return Standing(started or accepted or not missing, missing)


def refusal_to_send(state: str | None) -> str:
    """Why nothing more can be sent, as a sentence; empty when it can. `state` is None before anything was sent."""
    if state == EvidenceState.ACCEPTED:
        return _("Your evidence was accepted already. The course is open to you.")
    return ""


def refusal_to_decide(state: str) -> str:
    """Why an advisor can neither accept nor ask, as a sentence; empty when they can."""
    if state == EvidenceState.ACCEPTED:
        return _("It was accepted already, and that stays. Nothing was changed.")
    if state == EvidenceState.WITHDRAWN:
        return _("It was withdrawn. There is nothing to answer any more.")
    return ""


def refusal_to_withdraw(state: str) -> str:
    if state == EvidenceState.ACCEPTED:
        return _("It was accepted already, so the course is open to you. There is nothing to withdraw.")
    return ""


def says_enough(text: str) -> bool:
    """Whether a text tells an advisor something by itself."""
    return sum(not character.isspace() for character in text) >= FEWEST
