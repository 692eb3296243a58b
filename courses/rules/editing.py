"""What editors are told before a lesson is published: questions that can be answered, videos that can be shown. Pure.

Each function returns a sentence for the editor, or nothing when all is well.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _

from courses.rules.answers import read_number
from courses.rules.names import CHOICES, QuestionKind

MAX_LESSON = 400_000
"""Characters of everything in a lesson together: about ten times a long one."""


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


class Embed(NamedTuple):
    """A video elsewhere: the frame to load when somebody asks for it, and who shows it."""

    frame: str
    host: str


def read_embed(address: str) -> Embed | None:
    """The frame for a YouTube or Vimeo address; None for every other host and for addresses without a video."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    if parts.scheme not in {"http", "https"} or not (path or parts.query):
        return None
    if host in {"youtube.com", "youtube-nocookie.com"}:
        watched = parse_qs(parts.query).get("v", [""])[0]
        video = watched or (path[1] if len(path) == 2 and path[0] in {"embed", "shorts", "live", "v"} else "")
    elif host == "youtu.be":
        video = path[0] if path else ""
    elif host in {"vimeo.com", "player.vimeo.com"}:
        number = next((part for part in path if part.isascii() and part.isdigit()), "")
        return Embed(f"https://player.vimeo.com/video/{number}?dnt=1", "Vimeo") if number else None
    else:
        return None
    known = len(video) <= 20 and video.isascii() and video.replace("-", "").replace("_", "").isalnum()
    return Embed(f"https://www.youtube-nocookie.com/embed/{video}", "YouTube") if known else None
