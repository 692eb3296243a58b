"""Scores: the mean of a topic's answers, how sure it is, the level to begin at, and three next steps. Pure.

A topic's value is the mean of its answered questions that apply, from 1 to 5, to one decimal, halves up. Without any
it is unknown, which is never a middle value. Confidence is the share of the questions that apply which were answered:
what was not answered lowers it, what the company said is not relevant does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cms.rules import Level
from courses.readiness.rules.content import Content, Option, Question

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Given:
    """What a company answered: the worth of an option, or that the question is not relevant for them."""

    worth: int | None = None
    not_relevant: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A topic's score. `value` and `level` are None where nothing is known. `applicable`: asked and relevant."""

    topic: str
    title: str
    value: Decimal | None
    answered: int
    applicable: int
    level: Level | None

    @property
    def confidence(self) -> Decimal:
        """From 0 to 1."""
        return Decimal(self.answered) / self.applicable if self.applicable else Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: the question it follows from, the answer that was given, and what leads further."""

    topic: str
    question: str
    number: int
    answer: str
    improve: str
    page: int | None = None
    offer: str = ""
    event: str = ""


def scores(content: Content, given: Mapping[str, Given], *, product_class: str, stage: str) -> list[Score]:
    """Every topic's score, in the questionnaire's order, for a company of this class and stage."""
    asked = content.asked(product_class, stage)
    return [_score(content, topic.key, topic.title, [q for q in asked if q.topic == topic.key], given)
            for topic in content.topics]  # fmt: skip


def _score(content: Content, key: str, title: str, asked: list[Question], given: Mapping[str, Given]) -> Score:
    relevant = [question for question in asked if not given.get(question.key, Given()).not_relevant]
    worths = [worth for question in relevant if (worth := given.get(question.key, Given()).worth) is not None]
    value = mean(worths)
    return Score(key, title, value, len(worths), len(relevant), None if value is None else level_for(content, value))


def mean(worths: list[int]) -> Decimal | None:
    """To one decimal, halves up; None of nothing."""
    if not worths:
        return None
    return (Decimal(sum(worths)) / len(worths)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def level_for(content: Content, value: Decimal) -> Level:
    """The level to begin a topic at. The limits are a judgement that editors may change."""
    if value < Decimal(str(content.intermediate_from)):
        return Level.FOUNDATION
    return Level.INTERMEDIATE if value < Decimal(str(content.advanced_from)) else Level.ADVANCED


def headline(content: Content, found: list[Score]) -> str:
    """The report's title from its highest and lowest topic; empty where they are close or editors have no phrase."""
    known = [score for score in found if score.value is not None]
    if len(known) < 2:
        return ""
    words = {topic.key: topic for topic in content.topics}
    high = max(known, key=lambda score: score.value or 0)
    low = min(known, key=lambda score: score.value or 0)
    strong, thin = words[high.topic].strong, words[low.topic].thin
    apart = (high.value or Decimal(0)) - (low.value or Decimal(0)) >= 1
    return f"{strong}, {thin}." if apart and strong and thin else ""


def overall(found: list[Score]) -> Decimal | None:
    """The mean of the topics that are known, to one decimal."""
    known = [score.value for score in found if score.value is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def next_steps(content: Content, given: Mapping[str, Given], *, product_class: str, stage: str) -> list[Step]:
    """At most three: from the lowest topics, one each while there are enough, the lowest answer first."""
    value = {s.topic: s.value for s in scores(content, given, product_class=product_class, stage=stage)}
    order = {topic.key: place for place, topic in enumerate(content.topics)}
    found = []
    for question in content.asked(product_class, stage):
        answer = given.get(question.key, Given())
        option = question.option(answer.worth) if answer.worth and not answer.not_relevant else None
        if option and option.improve:
            found.append((value[question.topic] or Decimal(0), order[question.topic], option.worth, question, option))
    found.sort(key=lambda one: (*one[:3], one[3].number))
    first = {topic: place for place, topic in reversed([(at, one[3].topic) for at, one in enumerate(found)])}
    ranked = [one for at, one in enumerate(found) if first[one[3].topic] == at]
    ranked += [one for at, one in enumerate(found) if first[one[3].topic] != at]
    return [step_from(question, option) for *_rank, question, option in ranked[:MOST_STEPS]]


def step_from(question: Question, option: Option) -> Step:
    """What leads on from an answer."""
    return Step(
        question.topic,
        question.key,
        question.number,
        option.text,
        option.improve,
        option.page,
        option.offer,
        option.event,
    )
