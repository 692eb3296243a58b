"""What a reader may expect of every demo course, read from its files."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from courses.files.reader import read_course
from courses.files.tree import Block, Course, Lesson
from courses.rules import Level, StrategySection
from lms.demo import loading

PROSE = 500
"""Words of a lesson: running text and callouts. Tables, facts, quizzes and worksheets come on top."""
CLOSING = "General information, not legal advice"
UNCHECKED = ("(verify", "verify)", "♻")
"""Marks of a fact that nobody has checked yet."""

every_course = pytest.mark.parametrize("folder", loading.folders(), ids=lambda folder: folder.name)


@cache
def course_in(folder: Path) -> Course:
    return read_course(folder)


def blocks(course: Course, kind: str) -> Iterator[Block]:
    return (block for lesson in course.lessons() for block in lesson.parts(kind))


def prose(lesson: Lesson) -> int:
    return sum(len(block.text.split()) for block in lesson.blocks if block.kind in ("text", "callout"))


def test_there_is_a_course_for_each_level():
    assert [course_in(folder).level for folder in loading.folders()] == [level.name.lower() for level in Level]
    assert course_in(loading.folders()[0]).key == loading.MAIN_COURSE


@every_course
def test_it_has_modules_and_lessons_of_substance(folder: Path):
    course = course_in(folder)
    assert len(course.modules) >= 4
    assert len(list(course.lessons())) >= 12
    assert {lesson.key: prose(lesson) for lesson in course.lessons() if prose(lesson) < PROSE} == {}
    assert all(lesson.question.endswith("?") for lesson in course.lessons())


@every_course
def test_it_takes_the_hours_it_says(folder: Path):
    course = course_in(folder)
    assert course.hours == round(sum(lesson.minutes for lesson in course.lessons()) / 60)


@every_course
def test_every_module_has_a_quiz_and_each_answer_teaches(folder: Path):
    course = course_in(folder)
    for module in course.modules:
        assert any(list(lesson.parts("quiz")) for lesson in module.lessons), module.key
    for quiz in blocks(course, "quiz"):
        for question in quiz.questions:
            said = [option.feedback.text for option in question.options]
            assert all(said) or (len(said) == 1 and question.explanation.text), (quiz.values["id"], question.id)


@every_course
def test_worksheets_fill_the_strategy(folder: Path):
    questions = [question for sheet in blocks(course_in(folder), "worksheet") for question in sheet.values["questions"]]
    assert questions
    assert {question["section"] for question in questions} <= set(StrategySection.values)
    assert len({question["section"] for question in questions}) >= 6


@every_course
def test_every_fact_says_who_says_so_and_when(folder: Path):
    facts = [fact for box in blocks(course_in(folder), "key-facts") for fact in box.values["facts"]]
    assert facts
    for fact in facts:
        assert fact["source"].strip(), fact["label"]
        assert isinstance(fact["checked"], date), fact["label"]


@every_course
def test_every_lesson_ends_as_general_information(folder: Path):
    for lesson in course_in(folder).lessons():
        assert lesson.blocks[-1].values.get("title") == CLOSING, lesson.key


@every_course
def test_nothing_unchecked_or_loud_stands_on_a_page(folder: Path):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".gift", ".toml"):
            text = path.read_text("utf-8")
            assert not [mark for mark in UNCHECKED if mark in text], path
            assert not re.search(r"\w!", text), path


def test_two_figures_with_different_words_stand_together():
    """68 and 37 per cent answer different statements: a lesson with one of them has the other and says so."""
    lessons = [lesson for folder in loading.folders() for lesson in course_in(folder).lessons()]
    texts = [" ".join(block.text for block in lesson.blocks) for lesson in lessons]
    with_figures = [text for text in texts if "68 %" in text or "37 %" in text]
    assert with_figures
    for text in with_figures:
        assert "68 %" in text
        assert "37 %" in text
        assert "worded differently" in text
