"""Keeping what readers get in step with what editors have."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import ReferenceIndex

from cms.published import bump
from courses.models import LessonPage
from courses.rendering import contents, documents


def render_lessons_showing(item: Model) -> int:
    """Render anew the published lessons that show a picture or file. The number of lessons."""
    references = ReferenceIndex.get_references_to(item)
    ids = {int(reference.object_id) for reference in references if reference.object_id.isdigit()}
    return render_lessons(LessonPage.objects.live().filter(pk__in=ids).select_related("locale"))


def render_lessons(lessons: Iterable[LessonPage]) -> int:
    """Render published lessons anew, from what was published. The number of lessons."""
    count = 0
    for lesson in lessons:
        parts = lesson.render()
        LessonPage.objects.filter(pk=lesson.pk).update(
            rendered=parts, contents=contents(parts), documents=documents(lesson.body)
        )
        count += 1
    if count:
        bump()
    return count
