"""The demo's questionnaire, and how far its companies are with it."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from courses.readiness import actions, files, selectors
from courses.readiness.models import Assessment, Edition, Report
from lms.accounts.models import Company, User

FILE = Path(__file__).parent / "readiness.toml"
FIRST = (3, 2, 2, 2, 3, 3, 3, 1, 2, 2, 3, 2, 3, 2, 2, 3, 3, 4, 3, 3)
"""What a company answered half a year ago, question by question; further ones not at all."""
NOW = (4, 3, 3, 2, 2, 2, 1, 2)
"""What it has answered this time so far."""

WHOLE = (3, 3, 2, 3, 1, 2, 2, 2, 3, 4, 3, 3) * 4
"""What another company answered, to the end."""


def ensure_questionnaire(by: User) -> None:
    """Publish the first edition. One that is there is the editors'."""
    if not Edition.objects.exists():
        files.load(FILE)
        actions.publish(by=by)


def ensure_readiness(company: Company, people: list[User]) -> None:
    """A finished report of half a year ago and an assessment under way. What is there already is left alone."""
    if Assessment.objects.filter(company=company).exists():
        return
    then = timezone.now() - timedelta(days=182)
    first = actions.start(company, by=people[0])
    _answer(first, FIRST, people)
    report = actions.finish(first, by=people[0], now=then)
    Assessment.objects.filter(pk=first.pk).update(started_at=then - timedelta(days=2))
    Report.objects.filter(pk=report.pk).update(finished_at=then)
    _answer(actions.start(company, by=people[0]), NOW, people)


def ensure_first_report(company: Company, person: User) -> None:
    """A report of a fortnight ago with every question answered. What is there already is left alone."""
    if Assessment.objects.filter(company=company).exists():
        return
    then = timezone.now() - timedelta(days=14)
    first = actions.start(company, by=person)
    _answer(first, WHOLE, [person])
    actions.finish(first, by=person, now=then)
    Assessment.objects.filter(pk=first.pk).update(started_at=then - timedelta(hours=1))


def _answer(assessment: Assessment, worths: tuple[int, ...], people: list[User]) -> None:
    company = assessment.company
    asked = selectors.content_of(assessment.edition).asked(company.product_class, company.stage)
    for place, (question, worth) in enumerate(zip(asked, worths, strict=False)):
        actions.answer(assessment, question.key, actions.Said(worth=worth), by=people[place % len(people)])
