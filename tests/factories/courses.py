"""Courses for tests: the smallest valid tree, and many at once."""

import uuid
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import factory
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

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
    locale = Locale.objects.get_or_create(language_code=language)[0]
    if found := HomePage.objects.filter(locale=locale).first():
        return found
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home: HomePage = root.add_child(
        instance=HomePage(title="Landfall", slug=f"home-{language}", headline="Ahoy", locale=locale)
    )
    if language == settings.LANGUAGE_CODE:
        site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
        site.root_page = home
        site.save()
    return home


def catalog_page(language: str = "en") -> CatalogPage:
    home = home_page(language)
    if found := CatalogPage.objects.child_of(home).first():
        return found
    page: CatalogPage = home.add_child(
        instance=CatalogPage(
            title="Courses", slug="courses", introduction="Three depths of one water.", locale=home.locale
        )
    )
    bump()
    return page


def make_course(
    modules: int = 1,
    lessons: int = 1,
    *,
    body: Iterable[dict[str, Any]] | None = None,
    language: str = "en",
    **fields: Any,
) -> CoursePage:
    """A published course of that many modules with that many lessons each; every lesson has `body`, or a paragraph.

    Module slugs are `module-1` …, lesson slugs `lesson-1` … in each module; lesson keys are unique in the course.
    """
    catalog = catalog_page(language)
    number = CoursePage.objects.count() + 1
    given = {"title": f"Course {number}", "slug": f"course-{number}", "summary": "About it.", **fields}
    given.setdefault("key", given["slug"])
    course: CoursePage = catalog.add_child(instance=CoursePage(locale=catalog.locale, **given))
    for _n in range(modules):
        add_module(course, lessons, body=body)
    bump()
    return course


def add_module(
    course: CoursePage, lessons: int = 1, *, body: Iterable[dict[str, Any]] | None = None, **fields: Any
) -> ModulePage:
    number = course.get_children().count() + 1
    given = {"title": f"Module {number}", "slug": f"module-{number}", "key": f"{course.key}-{number}", **fields}
    module: ModulePage = course.add_child(instance=ModulePage(locale=course.locale, **given))
    for _n in range(lessons):
        add_lesson(module, body=body)
    return module


def add_lesson(module: ModulePage, *, body: Iterable[dict[str, Any]] | None = None, **fields: Any) -> LessonPage:
    """One more lesson, published; quizzes and worksheets in `body` need ids that are unique in the course."""
    number = module.get_children().count() + 1
    given = {"title": f"Lesson {number}", "slug": f"lesson-{number}", "key": f"{module.key}-{number}", **fields}
    parts = [paragraph()] if body is None else deepcopy(list(body))
    lesson: LessonPage = module.add_child(instance=LessonPage(locale=module.locale, body=parts, **given))
    bump()
    return lesson


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def bulk_courses(courses: int, modules: int = 2, lessons: int = 10) -> list[CoursePage]:
    """That many published courses in a few statements, with short lessons: for counting queries and for speed."""
    catalog = catalog_page()
    last = catalog.get_last_child()
    first = int(last.path[-Page.steplen :], 36) + 1 if last else 1
    made: list[Page] = []
    for c in range(courses):
        course = _page(
            CoursePage, catalog, first + c, f"bulk-{first + c}", modules, level=Level.values[c % 3], summary="Bulk."
        )
        made.append(course)
        for m in range(modules):
            module = _page(ModulePage, course, m + 1, f"module-{m + 1}", lessons)
            made.append(module)
            made += [_page(LessonPage, module, n + 1, f"lesson-{n + 1}", 0) for n in range(lessons)]
    _insert(made)
    Page.objects.filter(pk=catalog.pk).update(numchild=models.F("numchild") + courses)
    bump()
    return [page for page in made if isinstance(page, CoursePage)]


def _page(kind: type[Page], parent: Page, place: int, slug: str, children: int, **fields: Any) -> Page:
    path = parent.path + Page._int2str(place).rjust(Page.steplen, "0")
    page: Page = kind(
        title=slug.capitalize(),
        draft_title=slug,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        path=path,
        depth=parent.depth + 1,
        numchild=children,
        live=True,
        locale_id=parent.locale_id,
        translation_key=uuid.uuid4(),
        key=path.lower(),
        **fields,
    )
    if isinstance(page, LessonPage):
        page.rendered = [{"type": "html", "html": "<p>Cleared is not covered.</p>"}]
    return page


def _insert(pages: list[Page]) -> None:
    """Insert pages of several types: the common rows at once, then each type's own."""
    types = {kind: ContentType.objects.get_for_model(kind) for kind in {type(page) for page in pages}}
    names = [field.attname for field in Page._meta.concrete_fields if field.attname not in {"id", "content_type_id"}]
    common = [Page(content_type=types[type(page)], **{name: getattr(page, name) for name in names}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(common, batch_size=500), strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    for kind in types:
        own = [page for page in pages if type(page) is kind]
        for start in range(0, len(own), 400):
            kind._base_manager._insert(
                own[start : start + 400], fields=kind._meta.local_concrete_fields, using="default"
            )


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
