"""A quiz as a lesson's page shows it: to answer, or answered."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses.models import QuizAttempt
from courses.rules import CHOICES, Answers, Question, QuestionKind, Quiz
from courses.rules.quizzes import Graded, Option

BLOCK = re.compile(r"<(p|ul|ol|table|pre|div|blockquote|h[2-6]|hr)\b")


@dataclass(slots=True)
class OptionShown:
    """An option as the page shows it. `state` is `right`, `wrong` or nothing; `verdict` says the same in words."""

    id: str
    text: str
    chosen: bool = False
    state: str = ""
    verdict: str = ""
    feedback: str = ""


@dataclass(slots=True)
class QuestionShown:
    number: int
    key: str
    html: str
    kind: str
    title: str
    options: list[OptionShown] = field(default_factory=list)
    typed: str = ""
    error: str = ""
    explanation: str = ""
    verdict: OptionShown | None = None

    @property
    def words(self) -> str:
        """The question as a legend may hold it: a single paragraph without its tags. Empty for anything longer."""
        inner = self.html.strip().removeprefix("<p>").removesuffix("</p>")
        return "" if BLOCK.search(inner) else inner

    @property
    def is_choice(self) -> bool:
        return self.kind in CHOICES

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_number(self) -> bool:
        return self.kind == QuestionKind.NUMERICAL


@dataclass(slots=True, eq=False)
class QuizShown:
    """A quiz to answer, with a fresh `token`, or the attempt that was made. Without `url` it is only to look at.

    Equal only to itself: one that nobody has touched is kept, and so is what is made of it.
    """

    key: str
    title: str
    questions: list[QuestionShown]
    pass_percent: int
    url: str = ""
    again: str = ""
    token: str = ""
    attempt: QuizAttempt | None = None
    right: int = 0
    has_changed: bool = False

    @property
    def id(self) -> str:
        return f"quiz-{self.key}"


def fresh(
    quiz: Quiz, *, url: str, answers: Answers | None = None, problems: Mapping[str, str] | None = None
) -> QuizShown:
    """A quiz to answer; after a refusal with what was answered, and a sentence at what is to be mended."""
    given, wrong = answers or {}, problems or {}
    questions = []
    for number, question in enumerate(quiz.questions, start=1):
        shown = _question(number, question)
        sent = given.get(question.key, ())
        shown.error = wrong.get(question.key, "")
        shown.typed = sent[0] if sent and not shown.is_choice else ""
        shown.options = [OptionShown(o.id, o.text, o.id in sent) for o in question.options] if shown.is_choice else []
        questions.append(shown)
    return QuizShown(quiz.key, quiz.title, questions, quiz.pass_percent, url=url, token=str(uuid.uuid4()))


def answered(attempt: QuizAttempt, quiz: Quiz | None, *, again: str) -> QuizShown:
    """An attempt as it was asked and graded; `quiz` is the quiz as it is now, to say whether it has changed since."""
    kept = attempt.result
    pairs = [
        (_asked(row["question"]), Graded(**{**row["graded"], "chosen": tuple(row["graded"]["chosen"])}))
        for row in kept["questions"]
    ]
    shown = [_graded(number, question, graded) for number, (question, graded) in enumerate(pairs, start=1)]
    changed = quiz is not None and tuple(question for question, _graded in pairs) != quiz.questions
    return QuizShown(
        attempt.quiz_key,
        kept["title"],
        shown,
        kept["pass_percent"],
        again=again,
        attempt=attempt,
        right=kept["right"],
        has_changed=changed,
    )


def _asked(kept: Mapping[str, Any]) -> Question:
    return Question(**{**kept, "options": tuple(Option(**option) for option in kept["options"])})


def _question(number: int, question: Question) -> QuestionShown:
    return QuestionShown(number, question.key, question.html, question.kind, question.title)


def _graded(number: int, question: Question, graded: Graded) -> QuestionShown:
    shown = _question(number, question)
    shown.explanation = question.explanation
    if shown.is_choice:
        shown.options = [_option(option, option.id in graded.chosen) for option in question.options]
        return shown
    shown.typed = graded.typed
    met = next((option for option in question.options if option.id in graded.chosen), None)
    verdict = _("Right.") if graded.right else _("Nearly.") if graded.earned else _("Not so.")
    shown.verdict = OptionShown(
        "", "", True, "right" if graded.right else "wrong", verdict, without_verdict(met.feedback) if met else ""
    )
    best = next((o for o in question.options if o.weight == 100 and "*" not in o.text), None)
    if not graded.right and best:
        shown.verdict.text = best.text
    return shown


def _option(option: Option, chosen: bool) -> OptionShown:
    """Chosen options say whether they are right; right ones that were not chosen show themselves."""
    if option.weight > 0:
        return OptionShown(
            option.id,
            option.text,
            chosen,
            "right",
            _("Right.") if chosen else _("This one."),
            without_verdict(option.feedback),
        )
    if chosen:
        return OptionShown(option.id, option.text, True, "wrong", _("Not so."), without_verdict(option.feedback))
    return OptionShown(option.id, option.text)


def without_verdict(feedback: str) -> str:
    """A feedback that begins with our own verdict, as authors write it for other systems, without it: we say it once.

    “Right, it is false.” becomes “It is false.”, which stands after “Right.” or “This one.”
    """
    for verdict in (_("Right."), _("Nearly."), _("Not so.")):
        word = verdict.rstrip(".")
        rest = feedback.removeprefix(word)
        if rest != feedback and rest[:1] in (".", ",", ":") and rest[1:].strip():
            rest = rest[1:].lstrip()
            return rest[0].upper() + rest[1:]
    return feedback


def sent_answers(request: HttpRequest, quiz: Quiz) -> dict[str, Sequence[str]]:
    """What the form carries, by question key."""
    return {
        question.key: [value.replace("\0", "") for value in request.POST.getlist(f"answer-{question.key}")]
        for question in quiz.questions
    }
