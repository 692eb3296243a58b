"""What a lesson says, as published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from courses.models import LessonPage
from lms.core.rows import rows

BODY = f"""
SELECT l.rendered, p.live_revision_id
  FROM {LessonPage._meta.db_table} l JOIN {Page._meta.db_table} p ON p.id = l.page_ptr_id
 WHERE p.id = %s AND p.live = %s
"""  # noqa: S608 - names of our own tables


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a lesson, see `courses.rendering`; `revision` is the id of the revision that is published."""

    parts: Sequence[dict[str, Any]]
    revision: int | None = None

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [part for part in self.parts if part["type"] == kind]

    def part(self, kind: str, key: str) -> dict[str, Any] | None:
        return next((part for part in self.of_type(kind) if part["key"] == key), None)


def lesson_body(page_id: int) -> Body | None:
    """The published body of a lesson. One statement."""
    found = rows(BODY, [page_id, True])
    return Body(json.loads(found[0][0]), found[0][1]) if found else None
