"""From a tree to the files of a course folder: the same tree always gives the same bytes. Pure."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from courses.files import directives, gift, schema
from courses.files.schema import KINDS, Key
from courses.files.tree import Block, Course, Lesson, Media

WIDE = 110
"""Characters of a list that still goes on one line."""


def files_of(course: Course) -> dict[str, str | Media]:
    """Path from the course folder to the text or media file that stands there."""
    media = _media_names(course)
    files: dict[str, str | Media] = {}
    values = {"id": course.key, **{key.name: getattr(course, key.name) for key in schema.COURSE if key.name != "id"}}
    values["slug"] = "" if course.slug == course.key else course.slug
    files["course.toml"] = _toml(schema.COURSE, values)
    for number, module in enumerate(course.modules, 1):
        folder = f"{number:02}-{module.slug}"
        values = {"id": module.key, "title": module.title, "summary": module.summary}
        files[f"{folder}/module.toml"] = _toml(schema.MODULE, values)
        for count, lesson in enumerate(module.lessons, 1):
            name = f"{count:02}-{lesson.slug}"
            quizzes = {id(quiz): f"{name}{_suffix(n)}.gift" for n, quiz in enumerate(lesson.parts("quiz"), 1)}
            files[f"{folder}/{name}.md"] = _lesson(lesson, media, quizzes)
            for quiz in lesson.parts("quiz"):
                files[f"{folder}/{quizzes[id(quiz)]}"] = gift.dumps(quiz.questions)
    return files | {media[found.digest]: found for _kind, found in course.media()}


def _suffix(number: int) -> str:
    return "" if number == 1 else f"-{number}"


def _media_names(course: Course) -> dict[str, str]:
    """Digest to `media/…`: the file's own name, with a number where two files have the same."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for _kind, media in course.media():
        if media.digest in names:
            continue
        plain = PurePosixPath(re.sub(r"[^\w.-]+", "-", media.name).lstrip(".-") or "file")
        number = 1
        while (name := f"{plain.stem[:60]}{_suffix(number)}{plain.suffix}").casefold() in taken:
            number += 1
        taken.add(name.casefold())
        names[media.digest] = f"media/{name}"
    return names


def _lesson(lesson: Lesson, media: dict[str, str], quizzes: dict[int, str]) -> str:
    values = {"id": lesson.key, "title": lesson.title, "question": lesson.question, "minutes": lesson.minutes}
    blocks = [_block(block, media, quizzes) for block in lesson.blocks]
    return "\n\n".join([f"+++\n{_toml(schema.LESSON, values)}+++", *blocks]) + "\n"


def _block(block: Block, media: dict[str, str], quizzes: dict[int, str]) -> str:
    if block.kind == "text":
        return directives.escape(block.text)
    if block.kind == "masterclass":
        raise ValueError(
            f"A lesson shows the masterclass “{block.values['page']}”, which course files cannot say yet. Take it out"
            " of the lesson, or keep the course in the editor."
        )
    values = {name: media[value.digest] if isinstance(value, Media) else value for name, value in block.values.items()}
    if block.kind == "quiz":
        values["file"] = quizzes[id(block)]
    text = f"---\n{directives.escape(block.text)}\n" if block.text else ""
    return f"::: {block.kind}\n{_toml(KINDS[block.kind].keys, values)}{text}:::"


def _toml(keys: Sequence[Key], values: dict[str, Any]) -> str:
    """The keys in their order, without those not filled in (choices are always said); tables last, each after a gap."""
    said = [key for key in keys if key.required or values[key.name] != key.default or (key.choices and key.default)]
    lines = [f"{key.name} = {_value(key, values[key.name])}\n" for key in said if key.type != "tables"]
    for key in said:
        for table in values[key.name] if key.type == "tables" else ():
            lines.append(f"{_gap(lines)}[[{key.name}]]\n{_toml(key.keys, table)}")
    return "".join(lines)


def _gap(lines: list[str]) -> str:
    return "\n" if lines else ""


def _value(key: Key, value: Any) -> str:
    if key.type == "rows":
        return "[\n" + "".join(f"  {_list(row)},\n" for row in value) + "]"
    if key.type == "texts":
        line = _list(value)
        return line if len(line) <= WIDE else "[\n" + "".join(f"  {_text(item)},\n" for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else _text(value)


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
