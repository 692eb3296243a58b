"""A person's certificates on their own home, and on the page of a course they have completed."""

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from certificates import selectors
from certificates.models import Certificate
from certificates.rules import Statement
from courses.agenda import Fragment, Row, Select
from courses.models import Enrolment
from courses.slots import HeldCertificate
from lms.accounts.models import User

MOST = 20
HELD = Select(
    f"""FROM {Certificate._meta.db_table} c LEFT JOIN {Enrolment._meta.db_table} e ON e.id = c.enrolment_id
 WHERE c.holder_id = %s AND c.revoked_at IS NULL ORDER BY c.issued_at DESC, c.id DESC LIMIT {MOST}""",
    numbers=("e.course_id",),
    texts=("CAST(c.id AS text)", "CAST(c.snapshot AS text)"),
    moments=("c.issued_at",),
)


def held(request: HttpRequest) -> list[HeldCertificate]:
    """The certificates that still hold or have expired, newest first. One query."""
    if not isinstance(request.user, User):
        return []
    return [
        HeldCertificate(
            title=certificate.statement.course,
            url=certificate.get_absolute_url(),
            issued_at=certificate.issued_at,
            course_id=certificate.enrolment.course_id if certificate.enrolment else None,
        )
        for certificate in selectors.certificates_held(request.user.pk)
    ]


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    return [request.user.pk]


def _make(request: HttpRequest, now: datetime, certificates: list[Row]) -> Iterator[HeldCertificate]:
    """The same, at most `MOST`, as a part of the home's statement."""
    for row in sorted(certificates, key=lambda one: one.moments[0] or now, reverse=True):
        key, snapshot = row.texts[:2]
        yield HeldCertificate(
            title=Statement.from_json(json.loads(snapshot)).course,
            url=reverse("certificates:certificate", args=[uuid.UUID(key)]),
            issued_at=row.moments[0] or now,
            course_id=row.numbers[0],
        )


FRAGMENT = Fragment("certificates", (HELD,), _parameters, _make)
