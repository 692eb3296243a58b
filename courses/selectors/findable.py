"""Courses and lessons among what visitors find. See `cms.findable`."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.findable import Item, Passage
from cms.rules import Access, Kind
from courses.models import LessonPage
from courses.selectors.outline import build
from courses.selectors.structure import Course, Lesson
from lms.core.markup import words_of


def items(language: str) -> Iterator[Item]:
    """Every course and lesson; all lessons but a course's first only to those who started it. Six queries."""
    for course in build(language).courses:
        size = ngettext("%(count)d lesson", "%(count)d lessons", len(course.lessons)) % {"count": len(course.lessons)}
        yield Item(
            key=f"course-{course.id}",
            kind=Kind.COURSE,
            title=course.title,
            summary=course.summary,
            url=course.url,
            language=course.language,
            topics=course.topics,
            level=course.level,
            date=course.reviewed,
            size=size,
            access=Access(restrictions=course.restrictions),
        )
        for lesson in course.lessons:
            yield _lesson(course, lesson)


def _lesson(course: Course, lesson: Lesson) -> Item:
    return Item(
        key=f"lesson-{lesson.id}",
        kind=Kind.LESSON,
        title=lesson.title,
        summary=lesson.question,
        url=lesson.url,
        language=course.language,
        topics=course.topics,
        level=course.level,
        date=course.reviewed,
        size=_("%(minutes)d min") % {"minutes": lesson.minutes},
        access=course.access_to(lesson),
    )


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What courses say of themselves, their lessons' titles among it, and the lessons' text. Seven queries."""
    courses = build(language).courses
    rendered = dict(LessonPage.objects.live().values_list("pk", "rendered")) if courses else {}
    for course in courses:
        for text in (course.summary, course.audience, course.prerequisites, *course.outcomes):
            if text:
                yield f"course-{course.id}", Passage(text)
        for lesson in course.lessons:
            yield f"course-{course.id}", Passage(f"{lesson.title}. {lesson.question}".strip(), lesson.url)
            for part in rendered.get(lesson.page_id, ()):
                if part["type"] == "html" and (text := words_of(part["html"])):
                    yield f"lesson-{lesson.id}", Passage(text)
