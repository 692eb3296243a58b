"""A course as a tree of plain values: what a folder holds and what the database holds, in one shape. Pure.

Two trees are equal when learners would see the same. Where something came from (`source`, `line`) does not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from courses.files.gift import Question


@dataclass(frozen=True, slots=True)
class CourseFileError:
    """What is wrong where: `path` from the course folder, `line` from 1, or 0 for the file as a whole."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class CourseRefused(Exception):
    """Nothing was changed. `errors` has every reason, in the order of files and lines."""

    def __init__(self, errors: list[CourseFileError]) -> None:
        self.errors = errors
        super().__init__("\n".join(map(str, errors)))


@dataclass(frozen=True, slots=True)
class Media:
    """A file beside the text. `digest` is the SHA-1 of its content, as Wagtail keeps it; names do not count."""

    digest: str
    name: str = field(compare=False)
    size: int = field(compare=False)
    open: Callable[[], BinaryIO] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson. `kind` is "text" or a directive of docs/course-files.md, `values` its keys, all of them."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    questions: tuple[Question, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    key: str
    slug: str
    title: str
    question: str
    minutes: int
    blocks: tuple[Block, ...]
    source: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    def parts(self, kind: str) -> Iterator[Block]:
        return (block for block in self.blocks if block.kind == kind)


@dataclass(frozen=True, slots=True)
class Module:
    key: str
    slug: str
    title: str
    summary: str
    lessons: tuple[Lesson, ...]
    source: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Course:
    key: str
    slug: str
    title: str
    level: str
    summary: str
    audience: str
    prerequisites: str
    requires: tuple[str, ...]
    """The ids of the courses to complete first, sorted."""
    hours: int
    language: str
    outcomes: tuple[str, ...]
    gives: str
    pass_percent: int
    topics: tuple[str, ...]
    """Their slugs, sorted: a course stands under its topics in no order."""
    reviewed: date | None
    review_by: date | None
    modules: tuple[Module, ...]
    line: int = field(default=0, compare=False)
    topics_line: int = field(default=0, compare=False)
    requires_line: int = field(default=0, compare=False)

    def lessons(self) -> Iterator[Lesson]:
        return (lesson for module in self.modules for lesson in module.lessons)

    def media(self) -> Iterator[tuple[str, Media]]:
        """("image" or "document", file) for every file that a lesson shows, in order; the same file may come again."""
        for lesson in self.lessons():
            for block in lesson.blocks:
                for value in block.values.values():
                    if isinstance(value, Media):
                        yield ("image" if block.kind == "image" else "document"), value
