"""The outline: every published course with its modules and lessons, as data that answers without the database.

Built in six statements, kept per process, language and content version (`cms.published`). It answers routing,
breadcrumbs, sidebar, previous and next, totals and the next lesson. It holds no learner's state, and never a draft.
Courses, modules and lessons equal only themselves, so that what is made of one may be kept under it (`{% kept %}`).

A course has one identity in all languages: `id` is that of the first page of its translations, and enrolments, progress
and attempts refer to that one; `page_id` is the page shown. A course nobody has translated is shown in English.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.access import restrictions_by_path, restrictions_of
from cms.published import current_version, published
from cms.rules import Access, Restriction
from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.rules import StrategySection
from courses.selectors.beside import addresses, topics_by_page


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A lesson. `number` is “2.3”; `quizzes` are (key, title); `index` its place in the course, from 0.

    `documents` are the ids of the files it shows.
    """

    id: int
    page_id: int
    key: str
    slug: str
    title: str
    question: str
    url: str
    minutes: int
    number: str
    index: int
    module: int
    quizzes: tuple[tuple[str, str], ...]
    restrictions: tuple[Restriction, ...]
    documents: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module; `url` leads to its place on the course's page; `number` counts from 1."""

    id: int
    key: str
    slug: str
    title: str
    summary: str
    url: str
    number: int
    lessons: tuple[Lesson, ...]

    @property
    def anchor(self) -> str:
        return f"module-{self.slug}"

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A course as published in one language. `topics` are ids.

    `versions` are the languages it is published in with the address in each, its own among them, in the site's order.
    """

    id: int
    page_id: int
    key: str
    slug: str
    title: str
    url: str
    language: str
    versions: tuple[tuple[str, str], ...]
    topics: frozenset[int]
    level: int
    summary: str
    audience: str
    prerequisites: str
    hours: int
    outcomes: tuple[str, ...]
    gives: str
    pass_percent: int
    reviewed: date | None
    review_by: date | None
    restrictions: tuple[Restriction, ...]
    sections: tuple[str, ...]
    modules: tuple[Module, ...]
    lessons: tuple[Lesson, ...]
    by_path: dict[tuple[str, str], Lesson] = field(repr=False)
    by_id: dict[int, Lesson] = field(repr=False)

    @property
    def quiz_count(self) -> int:
        return sum(len(lesson.quizzes) for lesson in self.lessons)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it is published in."""
        return tuple(language for language, _url in self.versions)

    def module_of(self, lesson: Lesson) -> Module:
        return self.modules[lesson.module]

    def access_to(self, lesson: Lesson) -> Access:
        """The first lesson is open to everybody, the others to those who have started the course."""
        return Access(restrictions=lesson.restrictions, begun=("course", self.id) if lesson.index else None)

    def before(self, lesson: Lesson) -> Lesson | None:
        return self.lessons[lesson.index - 1] if lesson.index else None

    def after(self, lesson: Lesson) -> Lesson | None:
        return self.lessons[lesson.index + 1] if lesson.index + 1 < len(self.lessons) else None


class Place(NamedTuple):
    """A lesson in its course."""

    course: Course
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Outline:
    """All published courses in one language, in the order editors put them."""

    title: str
    introduction: str
    restrictions: tuple[Restriction, ...]
    page_id: int | None
    courses: tuple[Course, ...]
    by_slug: dict[str, Course] = field(repr=False)
    by_id: dict[int, Course] = field(repr=False)
    by_lesson: dict[int, Place] = field(repr=False)
    """Every lesson by the id of its page and by its own."""


class _Now:
    """Stands for a request where there is none: a sweep, a report."""

    def __init__(self) -> None:
        self.content_version = current_version()


def outline(request: HttpRequest) -> Outline:
    """The outline in the request's language; no query while nothing is published."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return published(request, ("outline", language), lambda: build(language))


def outline_now() -> Outline:
    """The outline in the default language, for work without a request. One statement while nothing is published."""
    return outline_in(settings.LANGUAGE_CODE)


def outline_in(language: str) -> Outline:
    """The outline for readers of a language, without a request. One statement while nothing is published."""
    with translation.override(language):
        return published(_Now(), ("outline", language), lambda: build(language))  # type: ignore[arg-type]


def build(language: str) -> Outline:
    """Read the published tree. The language given is the active one."""
    catalogs = {
        row["path"]: row
        for row in CatalogPage.objects.live()
        .order_by("path")
        .values("pk", "path", "locale__language_code", "title", "introduction")
    }
    rows = _Rows()
    base = reverse("courses:catalog")
    tongues = {path: catalog["locale__language_code"] for path, catalog in catalogs.items()}
    shown_rows = [row for row in rows.courses if row["live"] and row["path"][: -Page.steplen] in tongues]
    versions = addresses((rows.identity(row), tongues[row["path"][: -Page.steplen]], row["slug"]) for row in shown_rows)
    own: dict[str, list[Course]] = defaultdict(list)
    for row in shown_rows:
        tongue = tongues[row["path"][: -Page.steplen]]
        own[tongue].append(rows.course(row, base, tongue, versions[rows.identity(row)]))
    courses = in_language(own, language)
    by_language = {row["locale__language_code"]: row for row in catalogs.values()}
    shown = by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)
    return Outline(
        title=shown["title"] if shown else "",
        introduction=shown["introduction"] if shown else "",
        restrictions=rows.restricted(shown["path"]) if shown else (),
        page_id=shown["pk"] if shown else None,
        courses=courses,
        by_slug={course.slug: course for course in courses},
        by_id={course.id: course for course in courses},
        by_lesson={
            pk: Place(course, lesson)
            for course in courses
            for lesson in course.lessons
            for pk in (lesson.id, lesson.page_id)
        },
    )


def in_language(courses: dict[str, list[Course]], language: str) -> tuple[Course, ...]:
    """The courses for readers of a language: those in English, each in its translation if there is one, then others."""
    own = courses.get(language, [])
    if language == settings.LANGUAGE_CODE:
        return tuple(own)
    translated = {course.id: course for course in own}
    merged = [translated.pop(course.id, course) for course in courses.get(settings.LANGUAGE_CODE, ())]
    return (*merged, *translated.values())


PAGE = ("pk", "path", "slug", "title", "live", "translation_key", "key")
COURSE = (*PAGE, "level", "summary", "audience", "prerequisites", "hours", "outcomes", "gives", "pass_percent")
LESSON = ("question", "minutes", "contents", "documents")
Row = dict[str, Any]


class _Rows:
    """The rows of the tree, drafts among them: a translation's identity may be an unpublished page."""

    def __init__(self) -> None:
        self.courses = list(CoursePage.objects.order_by("path").values(*COURSE, "reviewed", "review_by"))
        self.modules = _under(ModulePage.objects.order_by("path").values(*PAGE, "summary"))
        self.lessons = _under(
            LessonPage.objects.order_by("path").values(*PAGE, "question", "minutes", "contents", "documents")
        )
        self.first: dict[Any, int] = {}
        lists = [self.courses, *self.modules.values(), *self.lessons.values()]
        for row in sorted((row for rows in lists for row in rows), key=lambda row: row["pk"]):
            self.first.setdefault(row["translation_key"], row["pk"])
        self.restrictions = restrictions_by_path()
        self.topics = topics_by_page()

    def identity(self, row: Row) -> int:
        return self.first[row["translation_key"]]

    def restricted(self, path: str) -> tuple[Restriction, ...]:
        return restrictions_of(path, self.restrictions)

    def course(self, row: Row, base: str, language: str, versions: tuple[tuple[str, str], ...]) -> Course:
        url, identity = f"{base}{row['slug']}/", self.identity(row)
        modules: list[Module] = []
        for module in self.modules.get(row["path"], ()):
            if module["live"]:
                seen = sum(len(before.lessons) for before in modules)
                modules.append(self.module(module, url, len(modules), seen))
        lessons = tuple(lesson for module in modules for lesson in module.lessons)
        return Course(
            id=identity,
            page_id=row["pk"],
            url=url,
            language=language,
            versions=versions,
            topics=self.topics.get(row["pk"]) or self.topics.get(identity, frozenset()),
            outcomes=tuple(line.strip() for line in row["outcomes"].splitlines() if line.strip()),
            restrictions=self.restricted(row["path"]),
            sections=self.sections(row["path"]),
            modules=tuple(modules),
            lessons=lessons,
            by_path={(modules[lesson.module].slug, lesson.slug): lesson for lesson in lessons},
            by_id={lesson.id: lesson for lesson in lessons},
            **{name: row[name] for name in ("key", "slug", "title", "level", "summary", "audience", "prerequisites")},
            **{name: row[name] for name in ("hours", "gives", "pass_percent", "reviewed", "review_by")},
        )

    def module(self, row: Row, course_url: str, index: int, seen: int) -> Module:
        live = [lesson for lesson in self.lessons.get(row["path"], ()) if lesson["live"]]
        lessons = tuple(
            Lesson(
                id=self.identity(lesson),
                page_id=lesson["pk"],
                url=f"{course_url}{row['slug']}/{lesson['slug']}/",
                number=f"{index + 1}.{place + 1}",
                index=seen + place,
                module=index,
                quizzes=tuple((part["key"], part["title"]) for part in lesson["contents"] if part["type"] == "quiz"),
                restrictions=self.restricted(lesson["path"]),
                documents=frozenset(lesson["documents"]),
                **{name: lesson[name] for name in ("key", "slug", "title", "question", "minutes")},
            )
            for place, lesson in enumerate(live)
        )
        anchor = f"{course_url}#module-{row['slug']}"
        words = {name: row[name] for name in ("key", "slug", "title", "summary")}
        return Module(id=self.identity(row), url=anchor, number=index + 1, lessons=lessons, **words)

    def sections(self, course_path: str) -> tuple[str, ...]:
        """The strategy sections that the course's worksheets fill, in the strategy's order."""
        modules = [module for module in self.modules.get(course_path, ()) if module["live"]]
        lessons = [lesson for module in modules for lesson in self.lessons.get(module["path"], ()) if lesson["live"]]
        filled = {section for lesson in lessons for part in lesson["contents"] for section in part.get("sections", ())}
        return tuple(section for section in StrategySection.values if section in filled)


def _under(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the path of their parent, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["path"][: -Page.steplen]].append(row)
    return found
