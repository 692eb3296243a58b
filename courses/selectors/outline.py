"""The outline: every published course with its modules and lessons, as data that answers without the database.

Built in seven statements, or one where there is no catalogue, and kept per process, language and content version
(`cms.published`). It answers routing, breadcrumbs, sidebar, previous and next, totals and the next lesson. It holds no
learner's state, and never a draft.

A course has one identity in all languages: `id` is that of the first page of its translations, and enrolments, progress
and attempts refer to that one; `page_id` is the page shown. A course nobody has translated is shown in English.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.access import restrictions_by_path, restrictions_of
from cms.published import current_version, published
from cms.rules import Restriction
from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.rules import StrategySection
from courses.selectors.beside import addresses, topics_by_page
from courses.selectors.structure import Course, Lesson, Module, Outline, Place


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
    if not catalogs:  # every course stands below one
        return Outline("", "", (), None, (), {}, {}, {}, {})
    rows = _Rows()
    base = reverse("courses:catalog")
    tongues = {path: catalog["locale__language_code"] for path, catalog in catalogs.items()}
    shown_rows = [row for row in rows.courses if row["live"] and row["path"][: -Page.steplen] in tongues]
    required = rows.required(shown_rows)
    versions = addresses((rows.identity(row), tongues[row["path"][: -Page.steplen]], row["slug"]) for row in shown_rows)
    own: dict[str, list[Course]] = defaultdict(list)
    for row in shown_rows:
        tongue, identity = tongues[row["path"][: -Page.steplen]], rows.identity(row)
        own[tongue].append(rows.course(row, base, tongue, requires=required[identity], versions=versions[identity]))
    courses = in_language(own, language)
    by_id = {course.id: course for course in courses}
    by_language = {row["locale__language_code"]: row for row in catalogs.values()}
    shown = by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)
    return Outline(
        title=shown["title"] if shown else "",
        introduction=shown["introduction"] if shown else "",
        restrictions=rows.restricted(shown["path"]) if shown else (),
        page_id=shown["pk"] if shown else None,
        courses=courses,
        by_slug={course.slug: course for course in courses},
        by_id=by_id,
        by_lesson={
            pk: Place(course, lesson)
            for course in courses
            for lesson in course.lessons
            for pk in (lesson.id, lesson.page_id)
        },
        elsewhere={one.id: one for found in own.values() for one in found if one.id not in by_id},
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
        self.first_of = {row["pk"]: self.identity(row) for row in self.courses}
        self.restrictions = restrictions_by_path()
        self.topics = topics_by_page()

    def identity(self, row: Row) -> int:
        return self.first[row["translation_key"]]

    def restricted(self, path: str) -> tuple[Restriction, ...]:
        return restrictions_of(path, self.restrictions)

    def required(self, shown: list[Row]) -> dict[int, tuple[int, ...]]:
        """By each course's identity, the identities of those to complete first; only courses shown count. One query."""
        known = {row["pk"]: self.identity(row) for row in shown}
        found: dict[int, set[int]] = {identity: set() for identity in known.values()}
        for course, first in CoursePage.requires.through.objects.values_list("from_coursepage", "to_coursepage"):
            if course in known:
                found[known[course]].add(self.first_of.get(first, 0))
        return {one: tuple(sorted(first & found.keys() - {one})) for one, first in found.items()}

    def course(
        self,
        row: Row,
        base: str,
        language: str,
        *,
        requires: tuple[int, ...],
        versions: tuple[tuple[str, str], ...],
    ) -> Course:
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
            requires=requires,
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
                parts=tuple(_anchor(part) for part in lesson["contents"]),
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


def _anchor(part: Row) -> str:
    """The id an element of the page has: text has its own, quizzes and worksheets are known by their keys."""
    return str(part["key"]) if part["type"] == "text" else f"{part['type']}-{part['key']}"


def _under(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the path of their parent, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["path"][: -Page.steplen]].append(row)
    return found
