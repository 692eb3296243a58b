"""Readiness on the home of a company's people: the assessment under way, or the way to begin one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.agenda import Fragment, Row, Select
from courses.agenda.words import day_words, zone_of
from courses.readiness.models import Answer, Assessment, Edition, Report
from courses.slots import NextStep, Waiting
from lms.accounts.selectors import current_membership

OPEN = f"FROM {Assessment._meta.db_table} a WHERE a.company_id = %s AND a.finished_at IS NULL"
STANDING = Select(
    "",
    numbers=(
        f"(SELECT MAX(a.id) {OPEN})",
        f"""(SELECT COUNT(*) FROM {Answer._meta.db_table} n WHERE (n.worth IS NOT NULL OR n.not_relevant)
             AND n.assessment_id IN (SELECT a.id {OPEN}))""",  # noqa: S608
        f"(SELECT COUNT(*) FROM {Report._meta.db_table} r WHERE r.company_id = %s)",  # noqa: S608
        f"(SELECT MAX(number) FROM {Edition._meta.db_table})",  # noqa: S608
    ),
    moments=(f"(SELECT MAX(a.started_at) {OPEN})",),
)


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    membership = current_membership(request)
    return [membership.company_id] * 4 if membership else None


def _make(request: HttpRequest, now: datetime, standing: list[Row]) -> Iterator[NextStep | Waiting]:
    url = reverse("readiness:overview")
    for row in standing:
        under_way, answered, reports, edition = row.numbers
        done = ngettext(
            "%(count)s question is answered. You and your colleagues can answer the others in any order.",
            "%(count)s questions are answered. You and your colleagues can answer the others in any order.",
            answered,
        ) % {"count": answered}
        if under_way:
            begun = row.moments[0] or now
            since = _("Since %(day)s") % {"day": day_words(begun.astimezone(zone_of(request)).date())}
            yield Waiting(_("Readiness assessment, under way"), when=since, url=url, note=done)
            yield NextStep(_("Finish the readiness assessment"), done, url, _("Go on answering"))
        elif edition and not reports:
            yield NextStep(
                title=_("Find out how ready your company is"),
                reason=_("Twenty minutes, together with your colleagues. The report says what to learn next, and why."),
                url=url,
                label=_("Begin"),
            )


FRAGMENT = Fragment("readiness", (STANDING,), _parameters, _make)
