"""Reads for course files: a course in the database as a tree, its pages by id, and what stands in an import's way."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from wagtail.models import Page

from cms.models import Topic
from courses.files.schema import LEVELS
from courses.files.stream import from_stream
from courses.files.tree import Course, Lesson, Module
from courses.models import CoursePage, LessonPage, LessonProgress, ModulePage, QuizAttempt, WorksheetAnswer
from courses.rules import Level


@dataclass(frozen=True, slots=True)
class Pages:
    """A course's pages by their ids, drafts and unpublished ones included."""

    course: CoursePage | None = None
    modules: dict[str, ModulePage] = field(default_factory=dict)
    lessons: dict[str, LessonPage] = field(default_factory=dict)

    def all(self) -> Iterator[CoursePage | ModulePage | LessonPage]:
        if self.course:
            yield self.course
        yield from self.modules.values()
        yield from self.lessons.values()


def pages_of(key: str, language: str) -> Pages:
    """The pages of the course with this id, in this language."""
    course = CoursePage.objects.filter(key=key, locale__language_code=language).order_by("path").first()
    return pages_under(course) if course else Pages()


def pages_under(course: CoursePage) -> Pages:
    modules = ModulePage.objects.child_of(course).order_by("path")
    lessons = LessonPage.objects.descendant_of(course).order_by("path")
    return Pages(course, {module.key: module for module in modules}, {lesson.key: lesson for lesson in lessons})


def course_tree(pages: Pages) -> Course | None:
    """What learners see of a course; None when it is not published."""
    page = pages.course
    if page is None or not page.live:
        return None
    modules = (module for module in pages.modules.values() if module.live)
    return Course(
        key=page.key,
        slug=page.slug,
        title=page.title.strip(),
        level=next(name for name, level in LEVELS.items() if level == Level(page.level)),
        summary=page.summary.strip(),
        audience=page.audience.strip(),
        prerequisites=page.prerequisites.strip(),
        requires=tuple(sorted(set(page.requires.values_list("key", flat=True)))),
        hours=page.hours,
        language=page.locale.language_code,
        outcomes=tuple(line.strip() for line in page.outcomes.splitlines() if line.strip()),
        gives=page.gives.strip(),
        pass_percent=page.pass_percent,
        topics=tuple(sorted(page.topics.values_list("slug", flat=True))),
        reviewed=page.reviewed,
        review_by=page.review_by,
        modules=tuple(_module(module, pages) for module in modules),
    )


def _module(page: ModulePage, pages: Pages) -> Module:
    lessons = tuple(
        Lesson(
            key=lesson.key,
            slug=lesson.slug,
            title=lesson.title.strip(),
            question=lesson.question.strip(),
            minutes=lesson.minutes,
            blocks=from_stream(lesson.body),
            source=lesson.title,
        )
        for lesson in pages.lessons.values()
        if lesson.live and lesson.path.startswith(page.path)
    )
    return Module(page.key, page.slug, page.title.strip(), page.summary.strip(), lessons)


def has_newer_draft(page: Page) -> bool:
    """Whether an editor has saved something that learners do not see yet."""
    latest = page.latest_revision
    if latest is None or latest.pk == page.live_revision_id:
        return False
    return page.last_published_at is None or bool(latest.created_at > page.last_published_at)


def people_in(lessons: Collection[LessonPage]) -> dict[str, set[int]]:
    """Ids of the people who have started each lesson, by the lesson's id; in any language, since results are shared."""
    keys = {lesson.translation_key: lesson.key for lesson in lessons}
    found: dict[str, set[int]] = defaultdict(set)
    rows = [
        LessonProgress.objects.filter(lesson__translation_key__in=keys).values_list(
            "lesson__translation_key", "enrolment__user"
        ),
        QuizAttempt.objects.filter(lesson__translation_key__in=keys).values_list(
            "lesson__translation_key", "enrolment__user"
        ),
        WorksheetAnswer.objects.filter(lesson__translation_key__in=keys, updated_by__isnull=False).values_list(
            "lesson__translation_key", "updated_by"
        ),
    ]
    for queryset in rows:
        for key, person in queryset:
            found[keys[key]].add(person)
    return found


def ids_elsewhere(wanted: Course, pages: Pages) -> Iterator[tuple[str, str, str]]:
    """(kind, id, title of the page that has it) of ids that belong to another course of the same language."""
    own = [page.pk for page in pages.all()]
    here = {"locale__language_code": wanted.language}
    keys = {module.key for module in wanted.modules}
    for key, title in ModulePage.objects.filter(**here, key__in=keys).exclude(pk__in=own).values_list("key", "title"):
        yield "module", key, title
    keys = {lesson.key for lesson in wanted.lessons()}
    for key, title in LessonPage.objects.filter(**here, key__in=keys).exclude(pk__in=own).values_list("key", "title"):
        yield "lesson", key, title
    questions = {
        q["id"] for lesson in wanted.lessons() for ws in lesson.parts("worksheet") for q in ws.values["questions"]
    }
    others = LessonPage.objects.filter(**here, live=True).exclude(pk__in=own).filter(_has_worksheet())
    for title, parts in others.values_list("title", "rendered"):
        for part in parts:
            for question in part["questions"] if part["type"] == "worksheet" else ():
                if question["key"] in questions:
                    yield "question", question["key"], title


def _has_worksheet() -> Q:
    return Q(contents__icontains='"worksheet"')


def taken_slugs(parent: Page, slugs: Collection[str], own: Collection[int]) -> dict[str, Page]:
    """Pages under `parent`, not among `own`, that have one of the addresses."""
    return {page.slug: page for page in Page.objects.child_of(parent).filter(slug__in=slugs).exclude(pk__in=own)}


def unknown_topics(course: Course) -> list[str]:
    """The slugs among the course's topics that no topic has."""
    known = set(Topic.objects.filter(slug__in=course.topics).values_list("slug", flat=True))
    return [slug for slug in course.topics if slug not in known]


def required_pages(course: Course) -> dict[str, CoursePage]:
    """The courses to complete first by their ids, as far as there are any; in the course's own language before others.

    Drafts count too: they hold nobody back until they are published.
    """
    pages = CoursePage.objects.filter(key__in=course.requires).select_related("locale")
    own = sorted(pages, key=lambda page: (page.locale.language_code == course.language, -page.pk))
    return {page.key: page for page in own}


def translation_of(key: str) -> CoursePage | None:
    """A page of the course with this id, in whatever language."""
    found: CoursePage | None = CoursePage.objects.filter(key=key).order_by("pk").first()
    return found


def course_keys(language: str) -> list[str]:
    pages = CoursePage.objects.filter(locale__language_code=language)
    return list(pages.order_by("level", "key").values_list("key", flat=True))


def topic_slugs() -> list[str]:
    return list(Topic.objects.values_list("slug", flat=True))
