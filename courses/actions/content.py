"""Keeping what readers get in step with what editors have."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import ReferenceIndex

from cms.models import MasterclassPage
from cms.published import bump
from courses.models import LessonPage
from courses.rendering import contents, documents


def render_lessons_showing(item: Model) -> int:
    """Render anew the published lessons that show a picture, file or masterclass. The number of lessons."""
    return render_lessons_of(lessons_showing(item))


def lessons_showing(item: Model) -> set[int]:
    """The ids of lessons, drafts included, that show it: by themselves, or in a masterclass that plays it."""
    ids = _referring_to(item)
    for page in MasterclassPage.objects.filter(pk__in=ids):
        ids |= _referring_to(page)
    return set(LessonPage.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _referring_to(item: Model) -> set[int]:
    references = ReferenceIndex.get_references_to(item)
    return {int(reference.object_id) for reference in references if reference.object_id.isdigit()}


def render_lessons_of(ids: Iterable[int]) -> int:
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
