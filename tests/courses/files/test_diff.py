from dataclasses import replace
from pathlib import Path

import pytest

from courses.files.diff import changes
from courses.files.reader import read_course
from courses.files.tree import Block, Course
from tests.factories import course_files


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return read_course(course_files.every_kind(tmp_path / "course"))


def told(now: Course | None, wanted: Course) -> list[str]:
    return [str(change) for change in changes(now, wanted)]


def test_nothing_differs_from_itself(course: Course):
    assert told(course, course) == []


def test_all_is_new_where_nothing_is(course: Course):
    assert told(None, course) == [
        "+ added course course-a “A course”",
        "+ added module a-1 “First module”",
        '+ added lesson a-1-1 “Every “kind” of block, with "quotes" and a \\ backslash”',
        "+ added module a-2 “Second module”",
        "+ added lesson a-2-1 “Second lesson”",
        "+ added lesson a-2-2 “Third lesson”",
    ]


def test_fields_are_named(course: Course):
    first, second = course.modules
    one, two = second.lessons
    one = replace(one, minutes=20, slug="renamed", blocks=(*one.blocks, Block("callout", {}, "Look")))
    wanted = replace(course, hours=9, modules=(first, replace(second, lessons=(one, two))))
    assert told(course, wanted) == [
        "~ changed course course-a “A course”: hours",
        "~ changed lesson a-2-1 “Second lesson”: address, minutes, callout",
    ]


def test_where_things_come_from_does_not_count(course: Course):
    assert told(course, replace(course, line=99)) == []


def test_moves_orders_and_what_is_gone(course: Course):
    first, second = course.modules
    (every,), (one, two) = first.lessons, second.lessons
    assert told(course, replace(course, modules=(second, first))) == ["> reordered course course-a “A course”: modules"]
    swapped = replace(course, modules=(first, replace(second, lessons=(two, one))))
    assert told(course, swapped) == ["> reordered module a-2 “Second module”: lessons"]
    moved = replace(course, modules=(replace(first, lessons=(every, one)), replace(second, lessons=(two,))))
    assert told(course, moved) == ["> moved lesson a-2-1 “Second lesson”: from a-2 to a-1"]
    assert told(course, replace(course, modules=(first,))) == [
        "- retired module a-2 “Second module”",
        "- retired lesson a-2-1 “Second lesson”",
        "- retired lesson a-2-2 “Third lesson”",
    ]
