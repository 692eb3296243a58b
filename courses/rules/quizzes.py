"""How a quiz is graded. Pure; the only place where a quiz result is computed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.rules.answers import MAX_ANSWER, matches, read_number
from courses.rules.names import CHOICES, QuestionKind

FULL = 100
NEARLY_FULL = 99
"""Three thirds make 99 in whole per cents: that is full."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. `id` is made from its text, so that an answer never counts for an option that was changed meanwhile.

    `weight` is per cent of the question's points, -100 to 100. For typed answers `text` is the number or the pattern.
    """

    id: str
    text: str
    weight: int
    feedback: str = ""
    tolerance: str = "0"


@dataclass(frozen=True, slots=True)
class Question:
    """`html` is the question as rendered Markdown; `explanation` is shown to everyone afterwards."""

    key: str
    kind: str
    html: str
    options: tuple[Option, ...]
    title: str = ""
    explanation: str = ""
    points: int = 1


@dataclass(frozen=True, slots=True)
class Quiz:
    key: str
    title: str
    questions: tuple[Question, ...]
    pass_percent: int = 70


@dataclass(frozen=True, slots=True)
class Graded:
    """One question's outcome: `earned` per cent of its points, 0 to 100; `chosen` ids of the options that applied."""

    key: str
    earned: int
    chosen: tuple[str, ...]
    typed: str = ""

    @property
    def right(self) -> bool:
        return self.earned == FULL


@dataclass(frozen=True, slots=True)
class Result:
    """A graded quiz. `score` is rounded down, so that what is shown never says 70 where 70 was not reached."""

    questions: tuple[Graded, ...]
    score: int
    passed: bool

    @property
    def right(self) -> int:
        """How many questions are fully right."""
        return sum(question.right for question in self.questions)


Answers = Mapping[str, Sequence[str]]
"""Question key to what was sent for it: option ids, or one typed text."""


def quiz_from(part: Mapping[str, Any], pass_percent: int) -> Quiz:
    """The quiz in a rendered lesson part, or in an attempt's snapshot."""
    return Quiz(
        key=part["key"],
        title=part["title"],
        pass_percent=pass_percent,
        questions=tuple(
            Question(**{**question, "options": tuple(Option(**option) for option in question["options"])})
            for question in part["questions"]
        ),
    )


def snapshot(quiz: Quiz) -> dict[str, Any]:
    """The quiz as plain data, to keep with an attempt."""
    return asdict(quiz)


def grade_quiz(quiz: Quiz, answers: Answers) -> Result:
    """Grade what was sent. Anything may be sent: what is missing or makes no sense earns nothing."""
    graded = tuple(grade_question(question, answers.get(question.key, ())) for question in quiz.questions)
    total = sum(question.points for question in quiz.questions)
    earned = sum(outcome.earned * question.points for outcome, question in zip(graded, quiz.questions, strict=True))
    score = earned // total if total else 0
    return Result(graded, score, passed=bool(total) and score >= quiz.pass_percent)


def grade_question(question: Question, sent: Sequence[str]) -> Graded:
    """One question's outcome; never below nothing, never above all."""
    if question.kind not in CHOICES:
        typed = sent[0][:MAX_ANSWER] if sent else ""
        option = _option_typed(question, typed)
        return Graded(question.key, _earned([option] if option else []), (option.id,) if option else (), typed)
    chosen = [option for option in question.options if option.id in sent]
    if question.kind != QuestionKind.MULTIPLE and len(chosen) != 1:
        chosen = []
    return Graded(question.key, _earned(chosen), tuple(option.id for option in chosen))


def problems(quiz: Quiz, answers: Answers) -> dict[str, str]:
    """Question key to a sentence, for what cannot be graded fairly: not answered, not a number, changed meanwhile."""
    found = {question.key: _problem(question, answers.get(question.key, ())) for question in quiz.questions}
    return {key: sentence for key, sentence in found.items() if sentence}


def _problem(question: Question, sent: Sequence[str]) -> str:
    if question.kind in CHOICES:
        known = {option.id for option in question.options}
        if any(value not in known for value in sent):
            return _("This question was changed while you answered. Please look at it once more.")
        if not sent:
            return _("Choose an answer. What you answered elsewhere is kept.")
        if len(set(sent)) > 1 and question.kind != QuestionKind.MULTIPLE:
            return _("Choose one answer only.")
        return ""
    typed = sent[0].strip() if sent else ""
    if not typed:
        return _("Write an answer. What you answered elsewhere is kept.")
    if len(typed) > MAX_ANSWER:
        return _("A few words are enough: at most %(limit)s characters.") % {"limit": MAX_ANSWER}
    if question.kind == QuestionKind.NUMERICAL and read_number(typed) is None:
        return _("Write a number, for example 12 or 3.5. Leave out units and words.")
    return ""


def _option_typed(question: Question, typed: str) -> Option | None:
    """The first option the typed answer meets, in the order editors put them."""
    if not typed.strip():
        return None
    if question.kind == QuestionKind.NUMERICAL:
        number = read_number(typed)
        return next((o for o in question.options if number is not None and _near(o, number)), None)
    return next((option for option in question.options if matches(option.text, typed)), None)


def _near(option: Option, number: Decimal) -> bool:
    aim = read_number(option.text)
    return aim is not None and abs(number - aim) <= Decimal(option.tolerance)


def _earned(chosen: Sequence[Option]) -> int:
    total = sum(option.weight for option in chosen)
    return FULL if total >= NEARLY_FULL else max(0, total)
