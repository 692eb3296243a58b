"""One question of a GIFT file: its title, text and answers. Errors say where in the piece."""

import re
from decimal import Decimal

from courses.files.gift.types import MAX_OPTIONS, Option, Question, Text

_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_SHAPE = re.compile(r"((?:\\.|[^\\{])*)\{((?:\\.|[^\\}])*)\}(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TRUE_FALSE = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(#|$)")
_MARK = re.compile(r"\\.|([~=])", re.DOTALL)
_HASH = re.compile(r"\\.|(#)", re.DOTALL)
_HASHES = re.compile(r"\\.|(####)", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,8})?)%")
_NUMBER = r"[+-]?\d{1,15}(?:\.\d{1,10})?"
_VALUE = re.compile(rf"({_NUMBER})(?:\s*:\s*({_NUMBER})|\s*\.\.\s*({_NUMBER}))?")


class Refused(Exception):
    """Why a piece is no question; `offset` is where in the piece."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def read_question(text: str, *, id: str, line: int) -> Question:
    """The question that `text` is. Raises `Refused`."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise Refused(
            "This text has no answers, so it cannot be asked. Add answers in { } or move it into the lesson.", 0
        )
    head, inside, tail = shape.groups()
    if tail.strip():
        at = shape.start(3) + len(tail) - len(tail.lstrip())
        if re.search(r"(?<!\\)\{", tail):
            raise Refused("A new question begins here. Leave an empty line between two questions.", at)
        raise Refused(
            "Missing-word questions are not supported. Write the whole question before the { and nothing after the }.",
            at,
        )
    title, start = "", 0
    if found := _TITLE.match(head):
        title, start = _text(found[1], "moodle").text, found.end()
    elif head.lstrip().startswith("::"):
        raise Refused("The title is not closed. Write ::title:: before the question.", len(head) - len(head.lstrip()))
    stem = _text(head[start:], "moodle")
    if not stem.text:
        raise Refused("The question is empty. Write its text before the {.", shape.start(2) - 1)
    cut = _first(_HASHES, inside)
    explanation = _text(inside[cut + 4 :], stem.format) if cut >= 0 else Text()
    answers = _Answers(inside[:cut] if cut >= 0 else inside, shape.start(2), stem.format)
    kind, options = answers.read()
    return Question(kind, stem, tuple(options), id, title, explanation, line)


class _Answers:
    """What stands between the braces, without the general feedback. `offset` is where in the piece it begins."""

    def __init__(self, inside: str, offset: int, format: str) -> None:
        self.inside, self.offset, self.format = inside, offset, format

    def read(self) -> tuple[str, list[Option]]:
        """The kind of question and its options."""
        bare = self.inside.strip()
        if not bare:
            raise Refused("Essays are not supported. Ask for long answers in a worksheet.", self.offset)
        if found := _TRUE_FALSE.match(self.inside):
            return "true_false", self._true_false(found)
        if bare.startswith("#"):
            return "numerical", self._numbers(self.inside.index("#") + 1)
        parts = self._parts(0)
        if not parts:
            return "short_answer", [self._option("=", self.inside, 0)]
        if all(mark == "=" for mark, _, _ in parts):
            if all("->" in text and not _WEIGHT.match(text) for _, text, _ in parts):
                raise Refused("Matching questions are not supported. Ask one question for each pair.", self.offset)
            return self._with_right_answer("short_answer", [self._option(*part) for part in parts])
        options = [self._option(*part) for part in parts]
        if any(mark == "=" for mark, _, _ in parts):
            return self._with_right_answer("single", options)
        return "multiple", self._shared(options)

    def _parts(self, start: int) -> list[tuple[str, str, int]]:
        """(mark, text after it, where the text begins) for each answer after `start`; [] when there is no mark."""
        marks = [found.start() for found in _MARK.finditer(self.inside, start) if found[1]]
        if len(marks) > MAX_OPTIONS:
            raise Refused(f"There are {len(marks):,} answers; {MAX_OPTIONS} fit in one question.", self.offset)
        before = self.inside[start : marks[0]] if marks else ""
        if before.strip():
            raise Refused("There is text before the first answer. Begin each answer with = or ~.", self.offset + start)
        ends = [*marks[1:], len(self.inside)][: len(marks)]
        return [(self.inside[at], self.inside[at + 1 : end], at + 1) for at, end in zip(marks, ends, strict=True)]

    def _option(self, mark: str, text: str, at: int) -> Option:
        weight, rest = self._weight(mark, text, at)
        cut = _first(_HASH, rest)
        answer = _text(rest if cut < 0 else rest[:cut], self.format)
        if not answer.text:
            raise Refused("An answer is empty. Write a text after each = or ~.", self.offset + at)
        return Option(answer, weight, Text() if cut < 0 else _text(rest[cut + 1 :], self.format))

    def _weight(self, mark: str, text: str, at: int) -> tuple[int, str]:
        found = _WEIGHT.match(text)
        if not found:
            return (100 if mark == "=" else 0), text
        weight = round(Decimal(found[1]))
        if not -100 <= weight <= 100:
            raise Refused("An answer is worth between %-100% and %100%.", self.offset + at)
        return weight, text[found.end() :]

    def _with_right_answer(self, kind: str, options: list[Option]) -> tuple[str, list[Option]]:
        if not any(option.weight == 100 for option in options):
            raise Refused("No answer is worth 100 per cent. Begin the right one with = and no per cent.", self.offset)
        return kind, options

    def _shared(self, options: list[Option]) -> list[Option]:
        """Several right answers share 100; thirds and sixths are rounded so that they do."""
        right = [i for i, option in enumerate(options) if option.weight > 0]
        total = sum(options[i].weight for i in right)
        if not right:
            raise Refused(
                "No answer is right. Begin the right one with =, or give several a share such as ~%50%.", self.offset
            )
        if abs(total - 100) * 2 > len(right):
            raise Refused(
                f"The right answers add up to {total} per cent. Give them shares that add up to 100.", self.offset
            )
        options[right[-1]] = options[right[-1]]._replace(weight=options[right[-1]].weight + 100 - total)
        return options

    def _true_false(self, found: re.Match[str]) -> list[Option]:
        """One feedback is for the wrong answer; a second one for the right answer."""
        is_true = found[1].startswith("T")
        rest = self.inside[found.end() :] if found[2] else ""
        cut = _first(_HASH, rest)
        wrong = _text(rest if cut < 0 else rest[:cut], self.format)
        right = Text() if cut < 0 else _text(rest[cut + 1 :], self.format)
        return [
            Option(Text("True"), 100 if is_true else 0, right if is_true else wrong),
            Option(Text("False"), 0 if is_true else 100, wrong if is_true else right),
        ]

    def _numbers(self, start: int) -> list[Option]:
        parts = self._parts(start) or [("=", self.inside[start:], start)]
        if any(mark == "~" for mark, _, _ in parts):
            raise Refused("A number has only = answers; give a wrong one as =%0%90 with its feedback.", self.offset)
        return self._with_right_answer("numerical", [self._number(*part) for part in parts])[1]

    def _number(self, mark: str, text: str, at: int) -> Option:
        weight, rest = self._weight(mark, text, at)
        cut = _first(_HASH, rest)
        value = (rest if cut < 0 else rest[:cut]).strip()
        found = _VALUE.fullmatch(value)
        if not found:
            raise Refused(
                f"“{value[:40]}” is not a number. Write 90, 90.5, 90:5 (give or take) or 85..95.", self.offset + at
            )
        number, tolerance = found[1], abs(Decimal(found[2] or 0))
        if found[3]:
            low, high = sorted((Decimal(found[1]), Decimal(found[3])))
            number, tolerance = format((low + high) / 2, "f"), (high - low) / 2
        return Option(Text(number), weight, Text() if cut < 0 else _text(rest[cut + 1 :], self.format), tolerance)


def _first(pattern: re.Pattern[str], text: str) -> int:
    """Where the pattern's group stands first, unescaped; -1 if nowhere."""
    return next((found.start(1) for found in pattern.finditer(text) if found[1]), -1)


def _text(raw: str, inherited: str) -> Text:
    """Without its format mark and escapes. Line breaks are kept in HTML and Markdown only; \\n is one everywhere."""
    form = inherited
    if found := _FORMAT.match(raw):
        form, raw = found[1], raw[found.end() :]
    if form in ("moodle", "plain"):
        raw = " ".join(line.strip() for line in raw.strip().split("\n"))
    text = _ESCAPE.sub(_unescape, raw).strip()
    return Text(text, form) if text else Text()


def _unescape(found: re.Match[str]) -> str:
    if found[1] == "n":
        return "\n"
    return found[1] if found[1] in "~=#{}:\\" else found[0]
