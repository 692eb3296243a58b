"""Evidence of prior learning on a person's home: what an advisor answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import selectors
from courses.agenda import Fragment, Row, Select
from courses.agenda.words import day_words, zone_of
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.slots import Feedback, NextStep
from lms.accounts.models import User

NEWS = timedelta(days=60)
"""How long an answer is news; one that asks is shown until it is answered."""

ANSWERS = Select(
    f"""FROM {EvidenceEntry._meta.db_table} n JOIN {Evidence._meta.db_table} v ON v.id = n.evidence_id
    LEFT JOIN {User._meta.db_table} u ON u.id = n.by_id
 WHERE v.user_id = %s AND (n.by_id IS NULL OR n.by_id <> %s) AND (n.at > %s OR v.state = '{EvidenceState.ASKED.value}')
 ORDER BY n.at DESC, n.id DESC LIMIT 4""",
    numbers=("v.course_id", "v.id"),
    texts=("n.state", "n.text", "u.full_name", "v.state"),
    moments=("n.at",),
)


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    since = connection.ops.adapt_datetimefield_value(now - NEWS)
    return [request.user.pk, request.user.pk, since]


def _make(request: HttpRequest, now: datetime, answers: list[Row]) -> Iterator[Feedback | NextStep]:
    """The newest first. Of each piece of evidence the last question is also a step, while it waits for its answer."""
    courses, here = selectors.outline(request).by_id, zone_of(request)
    asked: set[int] = set()
    for row in answers:
        (course_id, evidence), (state, text, by, now_is) = row.numbers[:2], row.texts[:4]
        course, at = courses.get(course_id), row.moments[0] or now
        if course is None:
            continue
        asks = state == now_is == EvidenceState.ASKED and evidence not in asked
        said = text or (_("Accepted: the course is open to you.") if state == EvidenceState.ACCEPTED else "")
        yield Feedback(
            by=by or _("An advisor"),
            about=_("on what you know before “%(course)s”") % {"course": course.title},
            text=said,
            at=at,
            when=day_words(at.astimezone(here).date()),
            url=reverse("evidence:one", args=[evidence]),
            asks=asks,
        )
        if asks:
            asked.add(evidence)
            yield NextStep(
                title=_("Answer %(name)s on “%(course)s”") % {"name": by or _("your advisor"), "course": course.title},
                reason=said,
                url=reverse("evidence:one", args=[evidence]),
                label=_("Open the question"),
            )


FRAGMENT = Fragment("evidence", (ANSWERS,), _parameters, _make)
