"""Questionnaires and answers for tests: the smallest valid ones."""

from collections.abc import Mapping
from typing import Any

from courses.readiness.actions import Said, answer, finish, publish, start
from courses.readiness.models import Assessment, Edition, Option, Question, Report, Topic
from courses.readiness.rules import Content
from courses.readiness.rules import Option as Way
from courses.readiness.rules import Question as Asked
from courses.readiness.rules import Topic as Heading
from tests.factories.accounts import MembershipFactory


def make_question(key: str, topic: str = "market", **fields: Any) -> Question:
    """A question with its five answers, in a topic that is made where it is not there."""
    heading, _made = Topic.objects.get_or_create(key=topic, defaults={"title": topic.title()})
    question = Question.objects.create(key=key, topic=heading, **{"wording": f"How is {key}?", **fields})
    Option.objects.bulk_create(ways(question))
    return question


def ways(question: Question) -> list[Option]:
    """Its five answers, not written yet."""
    return [
        Option(
            question=question,
            worth=worth,
            wording=f"{question.key} is {worth}",
            improve=f"From {worth} on" if worth < 5 else "",
        )
        for worth in range(1, 6)
    ]


def edition(**topics: int) -> Edition:
    """A published questionnaire with so many questions a topic: `edition(market=2, payer=1)`."""
    given = topics or {"market": 2, "payer": 2}
    headings = {topic: Topic.objects.get_or_create(key=topic, defaults={"title": topic.title()})[0] for topic in given}
    asked = Question.objects.bulk_create(
        Question(key=f"{topic}-{at}", topic=headings[topic], wording=f"How is {topic}-{at}?", place=at)
        for topic, number in given.items()
        for at in range(number)
    )
    Option.objects.bulk_create(way for question in asked for way in ways(question))
    return publish(by=None)


def answered(membership: Any = None, **worths: int) -> Assessment:
    """An assessment of a company, with these answers: `answered(**{"market-0": 3})`."""
    membership = membership or MembershipFactory()
    assessment = start(membership.company, by=membership.user)
    for key, worth in worths.items():
        answer(assessment, key, Said(worth=worth), by=membership.user)
    return assessment


def finished(membership: Any = None, **worths: int) -> Report:
    """The report of such an assessment."""
    assessment = answered(membership, **worths)
    return finish(assessment, by=assessment.started_by)  # type: ignore[arg-type]


def content(topics: Mapping[str, int]) -> Content:
    """A questionnaire of plain values."""
    asked = [
        Asked(f"{topic}-{at}", 0, topic, "?", "", tuple(Way(worth, str(worth), "On") for worth in range(1, 6)))
        for topic, number in topics.items()
        for at in range(number)
    ]
    return Content(tuple(Heading(topic, topic) for topic in topics), tuple(asked))
