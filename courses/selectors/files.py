"""The files that lessons show, as the library asks for them: see `cms.library.shown_by`."""

from collections.abc import Collection, Hashable, Iterator

from django.conf import settings

from cms.library.rules import Door
from cms.library.shown_by import Pages, Showing
from cms.rules import Access, Restriction
from courses.models import Enrolment, LessonPage
from courses.selectors.outline import Course, Lesson, outline_in


def showings() -> Iterator[Showing]:
    """Of every published lesson in every language, from the outlines."""
    for language, _name in settings.LANGUAGES:
        for course in outline_in(language).courses:
            for lesson in course.lessons:
                if lesson.documents:
                    yield Showing(lesson.documents, _door(course, lesson))


def _door(course: Course, lesson: Lesson) -> Door:
    """The first lesson is open to everybody; the others to those who have started the course."""
    restrictions = tuple(Restriction(one.id, one.kind, one.groups) for one in lesson.restrictions)
    return Door(Access(restrictions=restrictions), None if lesson.index == 0 else ("course", course.id))


def begun(person: int) -> Collection[Hashable]:
    """The courses somebody has started. One query."""
    return {("course", pk) for pk in Enrolment.objects.filter(user=person).values_list("course_id", flat=True)}


def uses(documents: Collection[int]) -> Iterator[tuple[int, str]]:
    """(document id, lesson title) of every lesson with one of these files, drafts too. One query."""
    for title, shown in LessonPage.objects.values_list("title", "documents"):
        yield from ((pk, title) for pk in set(documents).intersection(shown))


PAGES = Pages(showings, uses, begun)
