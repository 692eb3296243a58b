"""What helps with the next steps of a report: the course, the next event, the topic where advisers are found.

The words of an edition stay as they are; only where they lead follows what there is today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from cms.addresses import page_address
from cms.diary.selectors import Announced, announced
from cms.published import published
from cms.rules import Level
from cms.topics.rules import address
from cms.topics.selectors import ShownTopic
from courses.readiness import selectors
from courses.readiness.rules import Content, Step, fitting, kind_named
from courses.selectors import outline


@dataclass(frozen=True, slots=True)
class Lesson:
    """The page to learn a step from. `course` is the course it is a part of, `level` that course's."""

    title: str
    url: str
    language: str = ""
    course: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A kind of help as the questionnaire names it, and where to look for it; `url` may be empty."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """Something to do next, with why, and what helps. `coming` is the next event of the kind that is named."""

    title: str
    reason: str
    topic: str
    page: Lesson | None
    adviser: Words | None
    event: Words | None
    coming: Announced | None


def steps_shown(
    request: HttpRequest, content: Content, steps: Sequence[Step], *, now: datetime | None = None
) -> list[StepShown]:
    """One query for the events, where a step names some; one more where a page is none of a course."""
    pages = pages_of(request, {step.page for step in steps if step.page})
    coming = announced(request, now=now or timezone.now()) if any(step.event for step in steps) else []
    titles, subjects = {topic.key: topic.title for topic in content.topics}, selectors.subjects(request)
    return [_step(step, titles[step.topic], pages, subjects.get(step.topic, ()), coming) for step in steps]


def _step(
    step: Step, topic: str, pages: Mapping[int, Lesson], subjects: Sequence[ShownTopic], coming: Iterable[Announced]
) -> StepShown:
    found = fitting(step.event, {subject.id for subject in subjects}, coming) if step.event else None
    return StepShown(
        title=step.improve,
        reason=_("You answered “%(answer)s” (question %(number)s).")
        % {"answer": step.answer.rstrip("."), "number": step.number},
        topic=topic,
        page=pages.get(step.page or 0),
        adviser=Words(step.offer, subjects[0].url if subjects else "") if step.offer else None,
        event=Words(step.event, "" if found else events_url(step.event, subjects)) if step.event else None,
        coming=found,
    )


def events_url(words: str, subjects: Iterable[ShownTopic]) -> str:
    """The calendar, narrowed down to the kind that is named and to these topics."""
    kind = kind_named(words)
    asked = [("kind", kind.value)] if kind else []
    return address(reverse("cms:events"), [*asked, *(("topic", subject.slug) for subject in subjects)])


def courses_url(level: Level, subjects: Iterable[ShownTopic]) -> str:
    """The courses of this level on these topics."""
    asked = [("level", level.name.lower()), *(("topic", subject.slug) for subject in subjects)]
    return address(reverse("courses:catalog"), asked)


def pages_of(request: HttpRequest, ids: Collection[int]) -> dict[int, Lesson]:
    """Those of these pages that everybody may read, by id: courses and their parts without a query."""
    known = published(request, ("pages-of-courses", get_language()), lambda: _parts(request))
    found = {pk: known[pk] for pk in ids if pk in known}
    if missing := ids - found.keys():
        for page in public_pages(missing):
            if url := page_address(page):
                found[page.pk] = Lesson(page.title, url, page.locale.language_code)
    return found


def public_pages(ids: Collection[int]) -> QuerySet[Page]:
    """The published pages among these that everybody may read. One query, where Wagtail's `public()` takes one more."""
    own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = PageViewRestriction.objects.annotate(own_path=own_path).filter(own_path__startswith=F("page__path"))
    return Page.objects.live().exclude(Exists(private)).filter(pk__in=ids).select_related("locale")


def _parts(request: HttpRequest) -> dict[int, Lesson]:
    """Every course, module and lesson that is nobody's secret, by the ids that editors may have chosen it by."""
    found: dict[int, Lesson] = {}
    for course in outline(request).courses:
        if course.restrictions:
            continue
        own = Lesson(course.title, course.url, course.language, level=course.level)
        found |= {course.id: own, course.page_id: own}
        for module in course.modules:
            found[module.id] = Lesson(module.title, module.url, course.language, course.title, course.level)
        for lesson in course.lessons:
            if not lesson.restrictions:
                part = Lesson(lesson.title, lesson.url, course.language, course.title, course.level)
                found |= {lesson.id: part, lesson.page_id: part}
    return found
