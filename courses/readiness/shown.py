"""The assessment and its reports as their pages show them. What a report states is read from it, not computed anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.rules import Level
from courses.readiness import selectors
from courses.readiness.helping import courses_url, steps_shown
from courses.readiness.models import Answer, Assessment, Report
from courses.readiness.rules import Content, Question, Score, Step, Topic, headline, step_from


@dataclass(frozen=True, slots=True)
class TopicShown:
    """A topic of an assessment under way: how many of its questions are dealt with."""

    topic: Topic
    questions: tuple[Question, ...]
    answered: int

    @property
    def done(self) -> bool:
        return self.answered >= len(self.questions)


def topics_shown(assessment: Assessment, content: Content, answers: Mapping[str, Answer]) -> list[TopicShown]:
    """Every topic of which the company is asked something, in order."""
    company = assessment.company
    asked = content.asked(company.product_class, company.stage)
    found = []
    for topic in content.topics:
        its = tuple(question for question in asked if question.topic == topic.key)
        if its:
            done = sum(is_answered(answers.get(question.key)) for question in its)
            found.append(TopicShown(topic, its, done))
    return found


def is_answered(answer: Answer | None) -> bool:
    return answer is not None and (answer.worth is not None or answer.not_relevant)


# --- The report ------------------------------------------------------------------------------------------------------

LEFT, STEP = 10, 75
"""Where 1 stands in the picture of a score, and how far 2 is from it; 5 ends at 310 of 320."""


def at(value: Decimal | float) -> float:
    """Where a value from 1 to 5 stands in the picture."""
    return round(LEFT + (float(value) - 1) * STEP, 1)


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """One row of the report: the score, the last one, the peers' median, and the picture's positions.

    `courses_url` leads to the courses of the level to begin at; empty where that is not known.
    """

    score: Score
    last: Decimal | None
    peers: Decimal | None
    courses_url: str

    @property
    def x(self) -> float | None:
        return None if self.score.value is None else at(self.score.value)

    @property
    def last_x(self) -> float | None:
        return None if self.last is None else at(self.last)

    @property
    def peers_x(self) -> float | None:
        return None if self.peers is None else at(self.peers)

    @property
    def is_low(self) -> bool:
        return self.score.level == Level.FOUNDATION

    @property
    def rests_on(self) -> str:
        """How sure it is, in words."""
        score = self.score
        if score.value is None:
            return _("Not answered") if score.applicable else _("Not relevant")
        if score.answered == 1:
            return _("Rests on one answer")
        if score.answered < score.applicable:
            return _("%(answered)s of %(asked)s answered") % {"answered": score.answered, "asked": score.applicable}
        return ""

    @property
    def change(self) -> Decimal | None:
        return None if self.score.value is None or self.last is None else self.score.value - self.last


def report_shown(request: HttpRequest, report: Report) -> dict[str, Any]:
    """The context of a report's page. Three queries besides the report itself, and one for coming events."""
    edition = report.assessment.edition
    content = selectors.content_of(edition)
    answers = selectors.answers_of(report.assessment)
    facts = {"product_class": report.product_class, "stage": report.stage}
    found = stated_scores(report, content)
    before, peers = selectors.compared(report)
    subjects = selectors.subjects(request)
    rows = [
        ScoreShown(
            score,
            _decimal(before.values.get(score.topic)) if before else None,
            peers.medians.get(score.topic) if peers else None,
            courses_url(score.level, subjects.get(score.topic, ())) if score.level else "",
        )
        for score in found
        if score.applicable or score.answered
    ]
    return {
        "report": report,
        "content": content,
        "title": headline(content, found),
        "rows": rows,
        "before": before,
        "peers": peers,
        "overall": _decimal(report.content.get("overall")),
        "overall_before": _decimal(before.overall) if before else None,
        "steps": steps_shown(request, content, stated_steps(report, content, answers)),
        "changed": sorted((row for row in rows if row.change), key=lambda row: -abs(row.change or 0)),
        "asked": len(content.asked(**facts)),
        "answered": sum(is_answered(answer) for answer in answers.values()),
        "answers": [(question, answers.get(question.key)) for question in content.asked(**facts)],
        "unanswered": [one for one in content.asked(**facts) if not is_answered(answers.get(one.key))],
    }


def stated_scores(report: Report, content: Content) -> list[Score]:
    """The scores as they were on the day the report was made, however they would be computed today."""
    titles = {topic.key: topic.title for topic in content.topics}
    return [
        Score(
            topic=one["topic"],
            title=titles[one["topic"]],
            value=_decimal(one["value"]),
            answered=one["answered"],
            applicable=one["applicable"],
            level=None if one["level"] is None else Level(one["level"]),
        )
        for one in report.content["scores"]
    ]


def stated_steps(report: Report, content: Content, answers: Mapping[str, Answer]) -> list[Step]:
    """The next steps that were chosen that day, in the reader's language."""
    found = []
    for one in report.content["steps"]:
        question = content.by_key[one["question"]]
        option = question.option(answers[question.key].worth or 0)
        if option:
            found.append(step_from(question, option))
    return found


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
