"""Certificates for tests: one that states something, without the course behind it."""

from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from certificates.models import Certificate
from certificates.rules import Statement
from tests.factories.accounts import UserFactory

ISSUED = datetime(2026, 11, 20, 10, tzinfo=UTC)


def statement(**changed: Any) -> Statement:
    """What a certificate states, with what the test cares about changed."""
    facts: dict[str, Any] = {
        "holder": "Kari Eksempel",
        "course": "Foundations of the US health market",
        "course_key": "usa-next-foundations",
        "level": 1,
        "lessons": 15,
        "criteria": "All 15 lessons, and 70 % on each of 3 quizzes",
        "hours": 8,
        "issuer": "Landfall",
        "completed_at": "2026-11-20T09:59:00+00:00",
        "issued_at": ISSUED.isoformat(),
    }
    return Statement(**{**facts, **changed})


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    key = factory.Sequence(lambda n: f"course:course-{n}:user:0")
    holder = factory.SubFactory(UserFactory)
    snapshot = factory.LazyAttribute(lambda built: statement(holder=built.holder.full_name).as_json())
    issued_at = ISSUED
