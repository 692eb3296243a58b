"""What the outline is made of: courses, modules and lessons as data that needs no database.

They equal only themselves, so that what is made of one may be kept under it (`{% kept %}`).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cms.rules import Access, Restriction


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A lesson. `number` is “2.3”; `quizzes` are (key, title); `index` its place in the course, from 0.

    `parts` are the ids its parts have on its page, in order; `documents` are the ids of the files it shows.
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
    parts: tuple[str, ...] = ()

    def at(self, part: str) -> str:
        """The address of a part; of the lesson where it has no such part, or not any more."""
        return f"{self.url}#{part}" if part in self.parts else self.url


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
    requires: tuple[int, ...]
    """The courses to complete first, by `id`, as far as they are published: those that any translation names."""
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
    elsewhere: dict[int, Course] = field(repr=False)
    """Courses that are published in other languages only: they have no address here."""

    def required_by(self, course: Course) -> tuple[Course, ...]:
        """The courses to complete before this one, in the order editors put them."""
        found = [self.by_id.get(pk) or self.elsewhere[pk] for pk in course.requires]
        order = {one.id: place for place, one in enumerate(self.courses)}
        return tuple(sorted(found, key=lambda one: (order.get(one.id, len(order)), one.id)))
