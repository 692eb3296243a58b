"""Courses and lessons among what visitors find. See `cms.findable`."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.findable import Item, Passage
from cms.rules import Access, Kind
from courses.models import CoursePage, LessonPage
from courses.selectors.outline import Course, Lesson, build
from lms.core.markup import words_of


def items(language: str) -> Iterator[Item]:
    """Every course and lesson; all lessons but a course's first only to those who started it. Six queries."""
    topics = _topics()
    for course in build(language).courses:
        under = topics[course.page_id] or topics[course.id]
        size = ngettext("%(count)d lesson", "%(count)d lessons", len(course.lessons)) % {"count": len(course.lessons)}
        yield Item(
            key=f"course-{course.id}",
            kind=Kind.COURSE,
            title=course.title,
            summary=course.summary,
            url=course.url,
            language=course.language,
            topics=under,
            level=course.level,
            date=course.reviewed,
            size=size,
            access=Access(restrictions=course.restrictions),
        )
        for lesson in course.lessons:
            yield _lesson(course, lesson, under)


def _lesson(course: Course, lesson: Lesson, topics: frozenset[int]) -> Item:
    return Item(
        key=f"lesson-{lesson.id}",
        kind=Kind.LESSON,
        title=lesson.title,
        summary=lesson.question,
        url=lesson.url,
        language=course.language,
        topics=topics,
        level=course.level,
        date=course.reviewed,
        size=_("%(minutes)d min") % {"minutes": lesson.minutes},
        access=course.access_to(lesson),
    )


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What courses say of themselves, their lessons' titles among it, and the lessons' text. Six queries."""
    rendered = dict(LessonPage.objects.live().values_list("pk", "rendered"))
    for course in build(language).courses:
        for text in (course.summary, course.audience, course.prerequisites, *course.outcomes):
            if text:
                yield f"course-{course.id}", Passage(text)
        for lesson in course.lessons:
            yield f"course-{course.id}", Passage(f"{lesson.title}. {lesson.question}".strip(), lesson.url)
            for part in rendered.get(lesson.page_id, ()):
                if part["type"] == "html" and (text := words_of(part["html"])):
                    yield f"lesson-{lesson.id}", Passage(text)


def _topics() -> dict[int, frozenset[int]]:
    """Topic ids by the id of a course's page. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for page, topic in CoursePage.topics.through.objects.values_list("coursepage_id", "topic_id"):
        found[page].add(topic)
    return defaultdict(frozenset, {page: frozenset(topics) for page, topics in found.items()})
