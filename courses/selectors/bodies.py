"""What a lesson says, as published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.models import LessonPage


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
    row = LessonPage.objects.filter(pk=page_id, live=True).values_list("rendered", "live_revision_id").first()
    return Body(*row) if row else None
