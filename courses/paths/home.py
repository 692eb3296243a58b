"""The company's learning path on a person's home: the courses of it that are theirs, and why."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.agenda import Fragment, Row, Select
from courses.models import LearningPath, PathStep
from courses.readiness.models import Topic
from courses.slots import PathCourse
from lms.accounts.selectors import current_membership

PATH, STEP = LearningPath._meta.db_table, PathStep._meta.db_table
PEOPLE = PathStep.people.through._meta.db_table
MOST_GROUNDS = 2

STEPS = Select(
    f"""FROM {STEP} s JOIN {PATH} p ON p.id = s.path_id
 WHERE p.company_id = %s AND (NOT EXISTS (SELECT 1 FROM {PEOPLE} n WHERE n.pathstep_id = s.id)
    OR EXISTS (SELECT 1 FROM {PEOPLE} n WHERE n.pathstep_id = s.id AND n.user_id = %s))
 ORDER BY s.place, s.id LIMIT 40""",  # noqa: S608
    numbers=("s.course_id", "s.place", "s.id"),
    texts=("s.reason", "CAST(s.grounds AS text)"),
)
TOPICS = Select(
    f"""FROM {Topic._meta.db_table} t WHERE EXISTS (SELECT 1 FROM {PATH} p WHERE p.company_id = %s) LIMIT 40""",  # noqa: S608
    texts=("t.key", "t.title", "t.title_nb"),
)


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    membership = current_membership(request)
    return [membership.company_id, request.user.pk, membership.company_id] if membership else None


def _make(request: HttpRequest, now: datetime, steps: list[Row], topics: list[Row]) -> Iterator[PathCourse]:
    """In the path's order, those done among them."""
    own = 2 if get_language() == "nb" else 1
    titles = {row.texts[0]: row.texts[own] or row.texts[1] for row in topics}
    for row in sorted(steps, key=lambda one: one.numbers[1:3]):
        said, grounds = row.texts[:2]
        yield PathCourse(row.numbers[0], said or _grounds(json.loads(grounds), titles))


def _grounds(grounds: Sequence[Any], titles: dict[str, str]) -> str:
    """“Your company’s scores: Who pays 1.8 of 5, Proof 2.2 of 5.”"""
    scores = [
        _("%(topic)s %(value)s of 5")
        % {"topic": titles.get(one["topic"], one["topic"]), "value": number_format(one["value"], 1)}
        for one in grounds
        if one.get("value") is not None
    ]
    if not scores:
        return _("It is on your company’s path.")
    return _("Your company’s scores: %(scores)s.") % {"scores": ", ".join(scores[:MOST_GROUNDS])}


FRAGMENT = Fragment("paths", (STEPS, TOPICS), _parameters, _make)
