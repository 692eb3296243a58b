"""A company's way through the programme, on the home of its people."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cohorts import rules
from cohorts.models import Cohort, Participation
from courses.agenda import Fragment, Row, Select
from courses.slots import Way, Waypoint
from lms.accounts.selectors import current_membership

WAYS = Select(
    f"""FROM {Participation._meta.db_table} p JOIN {Cohort._meta.db_table} c ON c.id = p.cohort_id
 WHERE p.company_id = %s AND p.stage NOT IN ({", ".join(f"'{stage.value}'" for stage in sorted(rules.UNHAPPY))})
 ORDER BY c.starts DESC, p.id DESC LIMIT 5""",
    numbers=("p.id",),
    texts=("c.name", "p.stage", "CAST(c.starts AS text)"),
)


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    membership = current_membership(request)
    return [membership.company_id] if membership else None


def _make(request: HttpRequest, now: datetime, ways: list[Row]) -> Iterator[Way]:
    """Where the company is, in cohorts that still expect something of it or that it has completed; the newest first."""
    membership = current_membership(request)
    company = membership.company.name if membership else ""
    for row in sorted(ways, key=lambda one: (one.texts[2], one.numbers[0]), reverse=True):
        cohort, stage = row.texts[:2]
        yield Way(
            title=cohort,
            url=reverse("cohorts:participation", args=[row.numbers[0]]),
            steps=tuple(Waypoint(str(step.label), step.state) for step in rules.steps(stage)),
            sentence=rules.stands(stage) % {"company": company, "cohort": cohort},
        )


FRAGMENT = Fragment("ways", (WAYS,), _parameters, _make)
