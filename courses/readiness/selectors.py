"""Questionnaires, answers and reports, read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.published import published
from cms.topics.selectors import ShownTopic, topics
from courses.readiness.models import Answer, Assessment, Edition, Report, Topic
from courses.readiness.rules import Content, Given
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipState

FEWEST_PEERS = 5
"""Of fewer other companies nothing is shown: somebody could tell who they are."""


def newest_edition() -> Edition | None:
    return Edition.objects.order_by("-number").first()


def content_of(edition: Edition, language: str | None = None) -> Content:
    """The questionnaire in a language, the active one where none is named; in English where it has no other."""
    language = language or get_language() or settings.LANGUAGE_CODE
    return Content.from_json(edition.content.get(language) or edition.content[settings.LANGUAGE_CODE])


def _companies_of(user: User) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(user=user, state=MembershipState.ACTIVE).values("company")


def reports_visible_to(user: User) -> QuerySet[Report]:
    """Those of the companies a person is active in. Apps above decide of advisors."""
    return Report.objects.filter(company__in=_companies_of(user)).select_related("company", "assessment__edition")


def open_assessment(company: Company) -> Assessment | None:
    """The one the company is answering now."""
    return Assessment.objects.filter(company=company, finished_at=None).select_related("edition").first()


def newest_assessment(company: Company) -> Assessment | None:
    """The one the company is answering or answered last."""
    return Assessment.objects.filter(company=company).select_related("edition").order_by("-started_at", "-pk").first()


def reports_of(company: Company) -> QuerySet[Report]:
    """A company's reports, newest first."""
    return Report.objects.filter(company=company)


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """What was answered, by question key, with who did. One query."""
    found = Answer.objects.filter(assessment=assessment).select_related("answered_by")
    return {answer.question_key: answer for answer in found}


def given(answers: Iterable[Answer]) -> dict[str, Given]:
    """The answers as scoring takes them."""
    return {one.question_key: Given(one.worth, one.not_relevant) for one in answers}


@dataclass(frozen=True, slots=True)
class Before:
    """What is compared with of the company's report before: its values by topic key, and the mean over them."""

    finished_at: datetime
    values: dict[str, float]
    overall: str | None


@dataclass(frozen=True, slots=True)
class Peers:
    """Other companies of the same class and stage: how many, and their median by topic key."""

    companies: int
    medians: dict[str, Decimal]


def compared(report: Report, *, fewest: int = FEWEST_PEERS) -> tuple[Before | None, Peers | None]:
    """The company's report before this one, and its peers. One query.

    Peers are those whose newest report is of the same class and stage; none where they are fewer than `fewest`. A topic
    that fewer than `fewest` of them know has no median.
    """
    wanted = Q(company=report.company_id, finished_at__lt=report.finished_at)
    if report.product_class and report.stage:
        alike = Q(product_class=report.product_class, stage=report.stage)
        wanted |= alike & ~Q(company=report.company_id)
    before, newest = None, {}
    found = Report.objects.filter(wanted).order_by("finished_at", "pk")
    for company, at, values, whole in found.values_list("company_id", "finished_at", "values", "content__overall"):
        if company == report.company_id:
            before = Before(at, values, whole)
        else:
            newest[company] = values
    return before, _peers(list(newest.values()), fewest)


def peers(report: Report, *, fewest: int = FEWEST_PEERS) -> Peers | None:
    """Its peers alone: see `compared`."""
    return compared(report, fewest=fewest)[1]


def _peers(values: list[dict[str, float]], fewest: int) -> Peers | None:
    if len(values) < fewest:
        return None
    by_topic: dict[str, list[float]] = defaultdict(list)
    for known in values:
        for topic, value in known.items():
            by_topic[topic].append(value)
    medians = {
        topic: Decimal(str(round(median(found), 1))) for topic, found in by_topic.items() if len(found) >= fewest
    }
    return Peers(len(values), medians)


def subjects(request: HttpRequest) -> Mapping[str, tuple[ShownTopic, ...]]:
    """The site's topics that each readiness topic is about, by its key, in the site's order.

    No query while nothing is published: choosing others counts as publishing.
    """
    return published(request, ("readiness-subjects", get_language()), lambda: _subjects(topics(request)))


def _subjects(shown: Sequence[ShownTopic]) -> Mapping[str, tuple[ShownTopic, ...]]:
    chosen: dict[str, set[int]] = defaultdict(set)
    for key, subject in Topic.objects.filter(subjects__isnull=False).values_list("key", "subjects"):
        chosen[key].add(subject)
    return {key: tuple(topic for topic in shown if topic.id in ids) for key, ids in chosen.items()}
