"""A published questionnaire as values: what an edition keeps as JSON, read back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

EVERYTHING = "all"
"""In `classes` and `stages`: asked of every company."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of five ways to answer, worth 1 to 5; and what would lead to the next one.

    `page` is the id of a page of this site to learn it from; `offer` and `event` name kinds of help. All may be empty.
    """

    worth: int
    text: str
    improve: str = ""
    page: int | None = None
    offer: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a topic, numbered through the questionnaire from 1."""

    key: str
    number: int
    topic: str
    text: str
    help: str
    options: tuple[Option, ...]
    classes: tuple[str, ...] = (EVERYTHING,)
    stages: tuple[str, ...] = (EVERYTHING,)

    def applies_to(self, product_class: str, stage: str) -> bool:
        """Whether a company of this class and stage is asked. One that has not said which is asked everything."""
        return _fits(product_class, self.classes) and _fits(stage, self.stages)

    def option(self, worth: int) -> Option | None:
        return next((option for option in self.options if option.worth == worth), None)


def _fits(value: str, allowed: tuple[str, ...]) -> bool:
    return not value or EVERYTHING in allowed or value in allowed


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: what one score stands for. `strong` and `thin` are how a report's title speaks of it."""

    key: str
    title: str
    strong: str = ""
    thin: str = ""


@dataclass(frozen=True)
class Content:
    """A whole questionnaire. Below `intermediate_from` one begins at foundation, from `advanced_from` at advanced."""

    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    intermediate_from: float = 2.5
    advanced_from: float = 3.8

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    def asked(self, product_class: str, stage: str) -> list[Question]:
        """The questions for a company of this class and stage, in order."""
        return [question for question in self.questions if question.applies_to(product_class, stage)]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        return cls(
            topics=tuple(Topic(**topic) for topic in data["topics"]),
            questions=tuple(_question(question) for question in data["questions"]),
            intermediate_from=data["intermediate_from"],
            advanced_from=data["advanced_from"],
        )


def _question(data: Mapping[str, Any]) -> Question:
    options: Iterable[Mapping[str, Any]] = data["options"]
    rest = {name: value for name, value in data.items() if name not in ("options", "classes", "stages")}
    return Question(
        **rest,
        options=tuple(Option(**option) for option in options),
        classes=tuple(data["classes"]),
        stages=tuple(data["stages"]),
    )
