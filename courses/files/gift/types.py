"""A quiz in memory."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

MAX_BYTES = 1_000_000
MAX_OPTIONS = 100
MAX_QUESTIONS = 200
FORMATS = ("moodle", "html", "markdown", "plain")


class Text(NamedTuple):
    """A text and its format. "moodle" is what GIFT calls a text without a mark; an empty text has that format."""

    text: str = ""
    format: str = "moodle"


NO_TEXT = Text()


class Option(NamedTuple):
    """One answer. `weight` is per cent: 100 is right, 0 wrong. `tolerance` is set for numbers only."""

    text: Text
    weight: int
    feedback: Text = NO_TEXT
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `kind` is a value of `courses.rules.QuestionKind`; true or false has two options in that order."""

    kind: str
    text: Text
    options: tuple[Option, ...]
    id: str = ""
    title: str = ""
    explanation: Text = NO_TEXT
    line: int = field(default=0, compare=False)


class Problem(NamedTuple):
    """What is wrong in which line (from 1), and what to do."""

    line: int
    message: str


class GiftError(ValueError):
    """The text is not a quiz we can ask. `problems` has every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"line {line}: {message}" for line, message in problems))
