"""The files that lessons show, as the library asks for them: see `cms.library.shown_by`."""

from collections.abc import Collection, Iterator

from django.conf import settings

from cms.library.shown_by import Pages, Showing
from courses.models import LessonPage
from courses.selectors.outline import outline_in


def showings() -> Iterator[Showing]:
    """Of every published lesson in every language, from the outlines."""
    for language, _name in settings.LANGUAGES:
        for course in outline_in(language).courses:
            for lesson in course.lessons:
                if lesson.documents:
                    yield Showing(lesson.documents, course.access_to(lesson))


def uses(documents: Collection[int]) -> Iterator[tuple[int, str]]:
    """(document id, lesson title) of every lesson with one of these files, drafts too. One query."""
    for title, shown in LessonPage.objects.values_list("title", "documents"):
        yield from ((pk, title) for pk in set(documents).intersection(shown))


PAGES = Pages(showings, uses)
