"""What editors are told before a lesson is published: questions that can be answered, lessons that fit. Pure.

Each function returns a sentence for the editor, or nothing when all is well.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from courses.rules.answers import read_number
from courses.rules.names import CHOICES, QuestionKind

MAX_LESSON = 400_000
"""Characters of everything in a lesson together: about ten times a long one."""

Named = TypeVar("Named", bound=Hashable)


class Answer(NamedTuple):
    """An answer as an editor typed it."""

    text: str
    weight: int


def question_problem(kind: str, answers: Sequence[Answer]) -> str:
    """What keeps a question from being answered right, if anything."""
    if len({answer.text.strip().casefold() for answer in answers}) < len(answers) and kind in CHOICES:
        return _("Two answers say the same. Change or remove one of them.")
    if kind == QuestionKind.NUMERICAL and (bad := [a.text for a in answers if read_number(a.text) is None]):
        return _("“%(answer)s” is not a number. Write for example 90 or 3.5.") % {"answer": bad[0]}
    if kind == QuestionKind.MULTIPLE:
        return _several_problem(answers)
    right = sum(answer.weight == 100 for answer in answers)
    if kind in {QuestionKind.SINGLE, QuestionKind.TRUE_FALSE}:
        if len(answers) < 2:
            return _("Give at least two answers to choose from.")
        if kind == QuestionKind.TRUE_FALSE and len(answers) != 2:
            return _("True or false has two answers: one is worth 100, the other 0.")
        if right != 1:
            return _("Exactly one answer must be worth 100; now %(count)s are.") % {"count": right}
    if not right:
        return _("At least one answer must be worth 100, or nobody can get this right.")
    return ""


def _several_problem(answers: Sequence[Answer]) -> str:
    total = sum(answer.weight for answer in answers if answer.weight > 0)
    if not total:
        return _("At least one answer must be right: give the right ones shares that make 100 together.")
    if not 99 <= total <= 101:
        return _("The right answers must make 100 together; now they make %(total)s.") % {"total": total}
    return ""


def repeated(keys: Iterable[str]) -> list[str]:
    """Keys that occur more than once, in alphabetical order."""
    return sorted(key for key, count in Counter(keys).items() if count > 1)


def leads_back(course: Named, requires: Mapping[Named, Iterable[Named]]) -> Named | None:
    """Of what a course requires, the one that in the end requires the course itself; None when nobody goes in a circle.

    `requires` has the courses to complete before each one.
    """
    for first in requires.get(course, ()):
        seen: set[Named] = set()
        ahead = [first]
        while ahead:
            one = ahead.pop()
            if one == course:
                return first
            if one not in seen:
                seen.add(one)
                ahead.extend(requires.get(one, ()))
    return None
