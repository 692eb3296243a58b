"""The limits of files are those of the pages and blocks they become."""

from typing import Any

import pytest
from django.db import models

from courses.blocks.body import LessonBody
from courses.files import schema
from courses.files.schema import COURSE, KINDS, LESSON, MODULE, QUIZ_LIMITS, Key
from courses.models import CoursePage, LessonPage, ModulePage

PAGES: list[tuple[type[models.Model], tuple[Key, ...]]] = [
    (CoursePage, COURSE),
    (ModulePage, MODULE),
    (LessonPage, LESSON),
]
CHILDREN = LessonBody().child_blocks


@pytest.mark.parametrize(("page", "keys"), PAGES)
def test_pages_take_what_files_may_say(page: type[models.Model], keys: tuple[Key, ...]):
    for key in keys:
        if key.type == "text":
            assert page._meta.get_field(key.name).max_length == key.longest, key.name
        if key.type in ("id", "slug"):
            assert page._meta.get_field("key" if key.type == "id" else "slug").max_length >= schema.LONGEST_NAME


def agree(key: Key, block: Any, kind: str) -> None:
    where = f"{kind}.{key.name}"
    if key.type in ("text", "address", "id", "date"):
        assert block.required == key.required, where
    if key.type == "text":
        assert block.field.max_length == key.longest, where
    if key.type == "choice":
        assert {value for value, _label in block.field.choices if value} == set(key.choices), where
    if key.type == "texts":
        assert block.child_block.field.max_length == key.longest, where
    if key.type == "rows":
        assert block.child_block.child_block.field.max_length == key.longest, where
    if key.type == "tables":
        for inner in key.keys:
            agree(inner, block.child_block.child_blocks["key" if inner.type == "id" else inner.name], where)


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_take_what_directives_may_say(kind: str):
    fields = CHILDREN[kind.replace("-", "_")].child_blocks
    names = {
        "key" if key.type == "id" else "image" if (kind, key.name) == ("image", "file") else key.name: key
        for key in KINDS[kind].keys
    }
    text = {"callout": {"text"}, "audio": {"transcript"}, "video": {"transcript"}}.get(kind, set())
    quiz = {"questions"} if kind == "quiz" else set()
    assert set(fields) == (set(names) | text | quiz) - ({"file"} if kind == "quiz" else set())
    for name, key in names.items():
        if name in fields:
            agree(key, fields[name], kind)


def test_every_block_has_a_directive():
    unsaid = {"masterclass"}  # an export refuses it in words
    assert {name.replace("_", "-") for name in CHILDREN} == {"text", *KINDS} | unsaid


def test_questions_take_what_gift_may_say():
    question = CHILDREN["quiz"].child_blocks["questions"].child_block.child_blocks
    option = question["options"].child_block.child_blocks
    found = {
        "id": question["key"],
        "title": question["title"],
        "explanation": question["explanation"],
        "option": option["text"],
        "feedback": option["feedback"],
    }
    assert {name: block.field.max_length for name, block in found.items()} == QUIZ_LIMITS


@pytest.mark.parametrize(
    ("type", "value", "wrong"),
    [
        ("text", "one line", False),
        ("text", "two\nlines", True),
        ("text", 5, True),
        ("id", "fnd-1-1", False),
        ("id", "-a", True),
        ("id", "a" * 81, True),
        ("whole", True, True),
        ("whole", 5, False),
        ("whole", "5", True),
        ("flag", 1, True),
        ("date", "2026-01-01", True),
        ("address", "https://example.org/a?b=c", False),
        ("address", "javascript:alert(1)", True),
        ("address", "https://[", True),
        ("address", "https:///nothing", True),
        ("texts", ["a", ""], True),
        ("texts", [], True),
        ("texts", "a", True),
        ("rows", [["a", ""]], False),
        ("rows", [["a", 1]], True),
        ("tables", {}, True),
    ],
)
def test_values_are_checked(type: str, value: Any, wrong: bool):
    assert bool(schema.problem(Key("it", type, most=10, longest=100), value)) is wrong
