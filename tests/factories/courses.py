"""Courses for tests: the smallest valid tree, and many at once."""

import uuid
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

import factory
from django.conf import settings
from django.db import models
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, ReferenceIndex, Site

from cms.models import HomePage
from cms.published import bump
from courses.models import CatalogPage, CoursePage, Enrolment, LessonPage, ModulePage, QuizAttempt, WorksheetAnswer
from courses.rules import Level
from tests.factories.accounts import CompanyFactory, UserFactory


def paragraph() -> dict[str, Any]:
    """A text block for a lesson's body. Always a new one: Wagtail writes an id into the block it saves."""
    return {"type": "text", "value": "A device is **cleared** before it is covered."}


def option(text: str, weight: int = 0, feedback: str = "", tolerance: str | None = None) -> dict[str, Any]:
    return {"text": text, "weight": weight, "feedback": feedback, "tolerance": tolerance}


def question(
    key: str = "q1", kind: str = "single", options: Iterable[dict[str, Any]] = (), **fields: Any
) -> dict[str, Any]:
    """A question block's value; without options, “Yes” is right and “No” is wrong."""
    given = list(options) or [option("Yes", 100, "That is so."), option("No", 0, "Not so.")]
    return {"key": key, "title": "", "kind": kind, "text": "Is it?", "options": given, "explanation": "", **fields}


def quiz(key: str = "quiz", questions: Iterable[dict[str, Any]] = (), title: str = "Check yourself") -> dict[str, Any]:
    """A quiz block for a lesson's body."""
    return {"type": "quiz", "value": {"key": key, "title": title, "questions": list(questions) or [question()]}}


def worksheet(
    key: str = "sheet", questions: Iterable[str] = ("payer",), section: str = "customer_and_payer"
) -> dict[str, Any]:
    """A worksheet block for a lesson's body."""
    asked = [
        {"key": name, "prompt": f"What about the {name}?", "help": "", "section": section, "size": "long"}
        for name in questions
    ]
    return {"type": "worksheet", "value": {"key": key, "title": "Your first payer", "intro": "", "questions": asked}}


def home_page(language: str = "en") -> HomePage:
    """The front page in a language, made with its site when there is none."""
    if found := HomePage.objects.select_related("locale").filter(locale__language_code=language).first():
        return found
    locale = Locale.objects.get_or_create(language_code=language)[0]
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = HomePage(title="Landfall", slug=f"home-{language}", headline="Ahoy", locale=locale)
    _insert([_under(root, home, _free_place(root)[0])])
    if language == settings.LANGUAGE_CODE:
        site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
        site.root_page = home
        site.save()
    return home


def catalog_page(language: str = "en") -> CatalogPage:
    """The catalogue in a language, made with its front page when there is none."""
    if found := CatalogPage.objects.select_related("locale").filter(locale__language_code=language).first():
        return found
    home = home_page(language)
    page = CatalogPage(title="Courses", slug="courses", introduction="Three depths of one water.", locale=home.locale)
    _insert([_under(home, page, _free_place(home)[0])])
    bump()
    return page


def make_course(
    modules: int = 1,
    lessons: int = 1,
    *,
    body: Iterable[dict[str, Any]] | None = None,
    last: Iterable[dict[str, Any]] | None = None,
    language: str = "en",
    **fields: Any,
) -> CoursePage:
    """A published course of that many modules with that many lessons each; every lesson has `body`, or a paragraph.

    Module slugs are `module-1` …, lesson slugs `lesson-1` … in each module; lesson keys are unique in the course.
    The very last lesson has `last`, when that is given.
    """
    catalog = catalog_page(language)
    number = CoursePage.objects.count() + 1
    given = {"title": f"Course {number}", "slug": f"course-{number}", "summary": "About it.", **fields}
    given.setdefault("key", given["slug"])
    course = CoursePage(locale=catalog.locale, **given)
    made: list[Page] = [_under(catalog, course, _free_place(catalog)[0])]
    for m in range(1, modules + 1):
        module = _module(course, m, m)
        made.append(module)
        for n in range(1, lessons + 1):
            own = last if last is not None and (m, n) == (modules, lessons) else body
            made.append(_lesson(module, n, n, own))
    _insert(made)
    for relation in {"topics", "requires"} & fields.keys():
        getattr(course, relation).commit()
    bump()
    return course


def add_module(
    course: CoursePage, lessons: int = 1, *, body: Iterable[dict[str, Any]] | None = None, **fields: Any
) -> ModulePage:
    place, number = _free_place(course)
    module = _module(course, place, number, **fields)
    _insert([module, *(_lesson(module, n, n, body) for n in range(1, lessons + 1))])
    bump()
    return module


def add_lesson(module: ModulePage, *, body: Iterable[dict[str, Any]] | None = None, **fields: Any) -> LessonPage:
    """One more lesson, published; quizzes and worksheets in `body` need ids that are unique in the course."""
    place, number = _free_place(module)
    lesson = _lesson(module, place, number, body, **fields)
    _insert([lesson])
    bump()
    return lesson


def rewrite(lesson: LessonPage, *body: dict[str, Any]) -> LessonPage:
    """The published lesson says this from now on: what readers get, without a revision of it."""
    lesson.body = list(body)
    lesson.keep_rendered()
    kept = {name: getattr(lesson, name) for name in ("body", "rendered", "contents", "documents")}
    LessonPage.objects.filter(pk=lesson.pk).update(**kept)
    bump()
    return lesson


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def bulk_courses(courses: int, modules: int = 2, lessons: int = 10) -> list[CoursePage]:
    """That many published courses in a few statements, with short lessons: for counting queries and for speed."""
    catalog = catalog_page()
    first = _free_place(catalog)[0]
    made: list[Page] = []
    for c in range(first, first + courses):
        course = _short(CoursePage, catalog, c, f"bulk-{c}", level=Level.values[(c - first) % 3], summary="Bulk.")
        made.append(course)
        for m in range(1, modules + 1):
            module = _short(ModulePage, course, m, f"module-{m}")
            made.append(module)
            made += [
                _short(LessonPage, module, n, f"lesson-{n}", rendered=deepcopy(SHORT)) for n in range(1, lessons + 1)
            ]
    _insert(made)
    bump()
    return [page for page in made if isinstance(page, CoursePage)]


# --- Pages written in few statements ---------------------------------------------------------------------------------
#
# Wagtail saves a page at a time, with some twenty statements each: it locks the tree, looks for the same address, and
# writes a log, an entry in the search index and what the page refers to. A test that is about one of these saves the
# page itself.

SHORT = [{"type": "html", "html": "<p>Cleared is not covered.</p>"}]
REFER_TO_NOTHING = {"text", "quiz", "worksheet"}


def _module(course: CoursePage, place: int, number: int, **fields: Any) -> ModulePage:
    given = {"title": f"Module {number}", "slug": f"module-{number}", "key": f"{course.key}-{number}", **fields}
    module = ModulePage(locale_id=course.locale_id, **given)
    _under(course, module, place)
    return module


def _lesson(
    module: ModulePage, place: int, number: int, body: Iterable[dict[str, Any]] | None, **fields: Any
) -> LessonPage:
    """A lesson as the product keeps it, not written yet."""
    given = {"title": f"Lesson {number}", "slug": f"lesson-{number}", "key": f"{module.key}-{number}", **fields}
    parts = [paragraph()] if body is None else deepcopy(list(body))
    lesson = LessonPage(locale=module.locale, body=parts, **given)
    lesson.keep_rendered()
    _under(module, lesson, place)
    return lesson


def _short(kind: type[Page], parent: Page, place: int, slug: str, **fields: Any) -> Page:
    page = kind(title=slug.capitalize(), slug=slug, locale_id=parent.locale_id, **fields)
    _under(parent, page, place).key = page.path.lower()
    return page


def _free_place(parent: Page) -> tuple[int, int]:
    """The place a new last child has, and its number among those that are left."""
    below = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last, count = below.aggregate(last=models.Max("path"), count=models.Count("pk")).values()
    return (int(last[-Page.steplen :], 36) + 1 if last else 1), count + 1


def _under(parent: Page, page: Page, place: int) -> Page:
    """The page at that place below `parent`, as the tree knows it."""
    page.path = parent.path + Page._int2str(place).rjust(Page.steplen, "0")
    page.depth, page.numchild = parent.depth + 1, 0
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.draft_title = page.title
    page._cached_parent_obj = parent
    parent.numchild += 1
    return page


def _batched(pages: list[Page], size: int = 400) -> Iterator[list[Page]]:
    """So many at a time: SQLite takes only so many values in a statement."""
    return (pages[start : start + size] for start in range(0, len(pages), size))


def _insert(pages: list[Page]) -> None:
    """Insert pages of several types, the first one's parent being there: the common rows at once, then each type's."""
    key = Page._meta.pk
    common = [field for field in Page._meta.local_concrete_fields if field is not key]
    for some in _batched(pages):
        found = Page._base_manager._insert(some, fields=common, returning_fields=[key], using="default")
        for page, (pk,) in zip(some, found, strict=True):
            page.pk = page.page_ptr_id = page.id = pk
            page._state.adding, page._state.db = False, "default"
    for kind in dict.fromkeys(type(page) for page in pages):
        for some in _batched([page for page in pages if type(page) is kind]):
            kind._base_manager._insert(some, fields=kind._meta.local_concrete_fields, using="default")
    around = pages[0]._cached_parent_obj
    added = sum(page.depth == pages[0].depth for page in pages)
    Page.objects.filter(pk=around.pk).update(numchild=models.F("numchild") + added)
    for page in pages:
        if isinstance(page, LessonPage) and not REFER_TO_NOTHING.issuperset(block.block_type for block in page.body):
            ReferenceIndex.create_or_update_for_object(page)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """A person in a course; by default a new course of one lesson."""

    class Meta:
        model = Enrolment

    user = factory.SubFactory(UserFactory)
    course = factory.LazyFunction(make_course)


class QuizAttemptFactory(DjangoModelFactory[QuizAttempt]):
    """A passed attempt at the quiz `quiz` in the first lesson of the enrolment's course."""

    class Meta:
        model = QuizAttempt

    enrolment = factory.SubFactory(EnrolmentFactory)
    lesson = factory.LazyAttribute(lambda attempt: lessons_of(attempt.enrolment.course)[0])
    quiz_key = "quiz"
    token = factory.LazyFunction(uuid.uuid4)
    score = 100
    passed = True


class WorksheetAnswerFactory(DjangoModelFactory[WorksheetAnswer]):
    class Meta:
        model = WorksheetAnswer

    company = factory.SubFactory(CompanyFactory)
    lesson = factory.LazyFunction(lambda: lessons_of(make_course())[0])
    question_key = "payer"
    text = "The hospital."
