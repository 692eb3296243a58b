"""From a GIFT file to questions: splits it into pieces, one a question, and reads each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.files.gift.question import Refused, read_question
from courses.files.gift.types import MAX_BYTES, MAX_QUESTIONS, GiftError, Problem, Question

ENOUGH_PROBLEMS = 100
"""After so many, a file is no quiz."""

_COMMENT_ID = re.compile(r"\[id:([^\]\n]*)\]")
_BRACES = re.compile(r"\\.|[{}]")


def loads(text: str) -> list[Question]:
    """The questions of a GIFT file, in order. Raises `GiftError` with all problems, in order of their lines."""
    size = len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        raise GiftError([Problem(1, f"This quiz has {size:,} bytes; {MAX_BYTES:,} fit. Split it into several.")])
    problems: list[Problem] = []
    questions: list[Question] = []
    for piece in _Splitter(problems).split(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        if len(questions) == MAX_QUESTIONS:
            problems.append(Problem(piece.numbers[0], f"One quiz has at most {MAX_QUESTIONS} questions. Make several."))
        if len(problems) >= ENOUGH_PROBLEMS or len(questions) == MAX_QUESTIONS:
            break
        try:
            questions.append(read_question(piece.text, id=piece.id, line=piece.numbers[0]))
        except Refused as refusal:
            problems.append(Problem(piece.line_at(refusal.offset), str(refusal)))
    if problems:
        raise GiftError(sorted(problems)[:ENOUGH_PROBLEMS])
    return questions


@dataclass(slots=True)
class _Piece:
    """The lines of one question, without comments."""

    id: str = ""
    numbers: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    broken: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_at(self, offset: int) -> int:
        starts, start = [], 0
        for line in self.lines:
            starts.append(start)
            start += len(line) + 1
        return self.numbers[bisect_right(starts, offset) - 1]


class _Splitter:
    """Splits at empty lines outside braces. Braces that do not match are reported once, and their question left out."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.piece = _Piece()
        self.opened = 0
        """The line of the { that is open; 0 outside braces."""
        self.blank = False
        """Whether an empty line was seen since."""

    def split(self, text: str) -> Iterator[_Piece]:
        for number, line in enumerate(text.split("\n"), 1):
            bare = line.strip()
            if bare.startswith("//"):
                if not self.opened and (found := _COMMENT_ID.search(bare)):
                    self.piece.id = found[1].strip()
            elif not bare and not self.opened:
                yield from self._finish()
            elif self.piece.lines or not bare.startswith("$CATEGORY:"):
                self.blank = self.blank or not bare
                self._braces(number, line)
                self.piece.numbers.append(number)
                self.piece.lines.append(line)
        if self.opened:
            self._unclosed()
        else:
            yield from self._finish()

    def _finish(self) -> Iterator[_Piece]:
        if self.piece.lines and not self.piece.broken:
            yield self.piece
        if self.piece.lines:
            self.piece = _Piece()

    def _braces(self, number: int, line: str) -> None:
        for brace in _BRACES.findall(line):
            if brace == "{" and self.opened and self.blank:
                self._unclosed()
                self.piece, self.opened, self.blank = _Piece(), number, False
            elif brace == "{" and self.opened:
                self._broken(
                    number, "There is a { among the answers. Write it as \\{ or close the answers with } first."
                )
            elif brace == "{":
                self.opened, self.blank = number, False
            elif brace == "}" and self.opened:
                self.opened = 0
            elif brace == "}":
                self._broken(number, "There is a } without a { before it. Write it as \\} if it belongs to the text.")

    def _unclosed(self) -> None:
        self._broken(self.opened, "The answers that begin here are never closed. Add } after the last one.")

    def _broken(self, number: int, message: str) -> None:
        if not self.piece.broken:
            self.problems.append(Problem(number, message))
        self.piece.broken = True
