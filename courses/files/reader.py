"""From a course folder to a tree, with every error of every file collected. Knows no database."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from courses.files import directives, gift, quizzes, schema, toml
from courses.files.folder import Folder
from courses.files.schema import KINDS, Key
from courses.files.tree import Block, Course, CourseRefused, Lesson, Module
from courses.rules.editing import MAX_LESSON
from lms.core.embeds import read_embed
from lms.core.markup import MarkupTooLarge, render_markdown

_NUMBERED = re.compile(r"(\d{1,4})-([\w-]{1,80})")


def read_course(path: Path) -> Course:
    """The course in the folder `path`. Raises `CourseRefused` with everything that is wrong."""
    folder = Folder(path)
    if not folder.root.is_dir():
        folder.error(
            path.name or str(path),
            0,
            "This is not a folder. Unpack an archive first, and name the folder with course.toml.",
        )
        raise CourseRefused(folder.errors)
    course = _Reader(folder).course()
    if course is None or folder.errors:
        raise CourseRefused(sorted(folder.errors, key=lambda error: (error.path, error.line)))
    return course


class _Reader:
    """Reads one folder. Methods return what they could read, or None; what is wrong goes to the folder's errors."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.ids: dict[tuple[str, str], tuple[str, int]] = {}
        self.language = "en"

    def course(self) -> Course | None:
        path = self.folder.root / "course.toml"
        text = self.folder.text(path)
        values, lines = self._toml("course.toml", text, schema.COURSE, "a course")
        if values:
            self.language = values["language"]
        modules = self._modules()
        if not modules:
            self.folder.error(
                "course.toml", 0, "The course has no module. Add a folder such as 01-first-module with a module.toml."
            )
        if values is None:
            return None
        key = values.pop("id")
        values["outcomes"] = tuple(values["outcomes"])
        values["slug"] = values["slug"] or key
        values["topics"] = tuple(sorted(set(values["topics"])))
        values["requires"] = tuple(sorted(set(values["requires"])))
        if key in values["requires"]:
            self.folder.error("course.toml", lines.line("requires"), "A course cannot come before itself.")
        return Course(
            key=key,
            modules=tuple(modules),
            line=lines.line("id"),
            topics_line=lines.line("topics"),
            requires_line=lines.line("requires"),
            **values,
        )

    def _modules(self) -> list[Module]:
        entries = [entry for entry in self.folder.entries(self.folder.root) if entry.is_dir() and entry.name != "media"]
        return [module for slug, path in self._numbered(entries, "module") if (module := self._module(slug, path))]

    def _module(self, slug: str, path: Path) -> Module | None:
        source = path / "module.toml"
        name, text = self.folder.name(source), self.folder.text(source)
        values, lines = self._toml(name, text, schema.MODULE, "a module")
        entries = self.folder.entries(path)
        found = self._numbered([entry for entry in entries if entry.suffix == ".md"], "lesson")
        lessons = [lesson for slug, entry in found if (lesson := self._lesson(slug, entry))]
        if not found:
            self.folder.error(name, 0, "The module has no lesson. Add a file such as 01-first-lesson.md.")
        if values is None:
            return None
        line = self._claim("module", values["id"], name, lines.line("id"))
        return Module(values["id"], slug, values["title"], values["summary"], tuple(lessons), name, line)

    def _numbered(self, entries: list[Path], what: str) -> list[tuple[str, Path]]:
        """(slug, path) in the order of the numbers; a name without number, a number or slug given twice is an error."""
        found: dict[int, tuple[str, Path]] = {}
        slugs: dict[str, Path] = {}
        for entry in entries:
            name = self.folder.name(entry)
            match = _NUMBERED.fullmatch(entry.stem if what == "lesson" else entry.name)
            if not match:
                self.folder.error(
                    name, 0, f"The name of a {what} is a number, a dash and letters, for example 01-{what}-name."
                )
            elif int(match[1]) in found:
                self.folder.error(
                    name, 0, f"Number {match[1]} is taken by {found[int(match[1])][1].name}. Give one of them another."
                )
            elif match[2] in slugs:
                self.folder.error(
                    name, 0, f"The address “{match[2]}” is taken by {slugs[match[2]].name}. Rename one of them."
                )
            else:
                found[int(match[1])] = match[2], entry
                slugs[match[2]] = entry
        return [found[number] for number in sorted(found)]

    def _lesson(self, slug: str, path: Path) -> Lesson | None:
        name, text = self.folder.name(path), self.folder.text(path)
        if text is None:
            return None
        if len(text) > MAX_LESSON:
            self.folder.error(
                name, 0, f"The lesson has {len(text):,} characters; {MAX_LESSON:,} fit. Split it into several."
            )
            return None
        apart = directives.split(text)
        for line, message in apart.problems:
            self.folder.error(name, line, message)
        blocks = [block for part in apart.parts if (block := self._block(part, path))]
        whole = len(text) + sum(len(gift.dumps(block.questions)) for block in blocks)
        if whole > MAX_LESSON:
            self.folder.error(name, 0, f"With its quizzes the lesson has {whole:,} characters; {MAX_LESSON:,} fit.")
        values, lines = self._toml(name, apart.front, schema.LESSON, "a lesson", 2)
        if values is None:
            return None
        line = self._claim("lesson", values["id"], name, lines.line("id"))
        return Lesson(
            values["id"], slug, values["title"], values["question"], values["minutes"], tuple(blocks), name, line
        )

    def _block(self, part: directives.Part, path: Path) -> Block | None:
        name = self.folder.name(path)
        if part.kind != "text" and part.kind not in KINDS:
            near = get_close_matches(part.kind, KINDS, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(KINDS)}."
            self.folder.error(name, part.line, f"There is no block “{part.kind[:40]}”. {hint}")
            return None
        if part.text and not self._renders(part.text, name, part.text_line):
            return None
        if part.kind == "text":
            return Block("text", text=part.text or "", line=part.line)
        rule = KINDS[part.kind].text
        if rule == "no" and part.text is not None:
            self.folder.error(
                name, part.text_line - 1, f"A {part.kind} has no text. Remove the line --- and what follows it."
            )
        if rule == "must" and not part.text:
            self.folder.error(
                name, part.line, f"The text of the {part.kind} is missing. Add a line --- and then Markdown."
            )
        values, lines = self._toml(name, part.toml, KINDS[part.kind].keys, f"a {part.kind}", part.line + 1, part.line)
        return self._checked(part, path, values, lines) if values else None

    def _checked(self, part: directives.Part, path: Path, values: dict[str, Any], lines: toml.Toml) -> Block | None:
        """What one key alone cannot say: files, ids, rows that fit their header, questions of a quiz."""
        name, before = self.folder.name(path), len(self.folder.errors)
        questions: list[gift.Question] = []
        for key in KINDS[part.kind].keys:
            if key.type == "file" and values[key.name]:
                at = (name, lines.line(key.name))
                if key.media == "gift":
                    questions = self._questions(values.pop(key.name), path.parent, at)
                else:
                    values[key.name] = self.folder.media(values[key.name], path.parent, key.media, at)
        if part.kind in ("quiz", "worksheet"):
            self._claim("quiz or worksheet", values["id"], name, lines.line("id"))
        for number, question in enumerate(values["questions"] if part.kind == "worksheet" else ()):
            self._claim("question", question["id"], name, lines.line("questions", number, "id"))
        if part.kind == "table":
            values["rows"] = tuple(tuple(cell.strip() for cell in row) for row in values["rows"])
            wide = len(values["header"])
            if uneven := [str(n) for n, row in enumerate(values["rows"], 1) if len(row) != wide]:
                self.folder.error(
                    name, lines.line("rows"), f"Row {', '.join(uneven)} must have {wide} cells, as the header has."
                )
        if part.kind == "video":
            self._check_video(values, part, (name, part.line))
        if len(self.folder.errors) > before:
            return None
        return Block(part.kind, values, part.text or "", tuple(questions), part.line)

    def _check_video(self, values: dict[str, Any], part: directives.Part, at: tuple[str, int]) -> None:
        if bool(values["file"]) == bool(values["embed"]):
            self.folder.error(*at, "Name a file or give an address in embed: one of the two.")
        if values["embed"] and read_embed(values["embed"]) is None:
            self.folder.error(*at, "Only videos from YouTube and Vimeo can be embedded. Or name a file.")
        if values["file"] and not (values["captions"] or part.text):
            self.folder.error(*at, "Add captions or a transcript after ---, for those who cannot hear the video.")

    def _questions(self, name: str, base: Path, at: tuple[str, int]) -> list[gift.Question]:
        path = self.folder.beside(name, base, at)
        text = self.folder.text(path) if path else None
        if path is None or text is None:
            return []
        shown = self.folder.name(path)
        try:
            questions = gift.loads(text)
        except gift.GiftError as error:
            for line, message in error.problems:
                self.folder.error(shown, line, message)
            return []
        if not questions:
            self.folder.error(shown, 0, "The quiz has no question.")
        questions = [quizzes.as_markdown(question, self.language) for question in questions]
        for line, message in quizzes.question_problems(questions):
            self.folder.error(shown, line, message)
        for question in questions:
            self._renders(question.text.text, shown, question.line)
        return questions

    def _renders(self, text: str, name: str, line: int) -> bool:
        try:
            render_markdown(text)
        except MarkupTooLarge as refusal:
            self.folder.error(name, line, str(refusal))
            return False
        return True

    def _claim(self, what: str, key: str, name: str, line: int) -> int:
        """Say that an id is used here; the second use is an error. Returns the line."""
        first = self.ids.setdefault((what, key), (name, line))
        if first != (name, line):
            self.folder.error(
                name, line, f"The id “{key}” is already used in {first[0]}, line {first[1]}. Give this {what} a new id."
            )
        return line

    def _toml(
        self, name: str, text: str | None, keys: Sequence[Key], what: str, first_line: int = 1, whole: int = 0
    ) -> tuple[dict[str, Any] | None, toml.Toml]:
        """Checked values by key, defaults filled in, and where each stands. No values after an error."""
        nothing = toml.Toml({}, first_line)
        if text is None:
            return None, nothing
        try:
            read = toml.read(text, first_line, whole)
        except toml.TomlProblem as problem:
            self.folder.error(name, problem.line, problem.message)
            return None, nothing
        before = len(self.folder.errors)
        values = self._table(name, read, keys, what, read.values, ())
        return (values if len(self.folder.errors) == before else None), read

    def _table(
        self,
        name: str,
        read: toml.Toml,
        keys: Sequence[Key],
        what: str,
        table: dict[str, Any],
        at: tuple[str | int, ...],
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for unknown in sorted(table.keys() - {key.name for key in keys}):
            near = get_close_matches(unknown, [key.name for key in keys], 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(key.name for key in keys)}."
            self.folder.error(name, read.line(*at, unknown), f"“{unknown}” is no key of {what}. {hint}")
        for key in keys:
            value = table.get(key.name)
            empty = isinstance(value, str) and not value.strip()
            if value is None or empty:
                values[key.name] = key.default
                if key.required:
                    said = "is empty" if empty else "is missing"
                    self.folder.error(
                        name, read.line(*at, key.name), f"“{key.name}” {said}. Every {what.split(' ', 1)[1]} needs it."
                    )
            elif wrong := schema.problem(key, value):
                self.folder.error(name, read.line(*at, key.name), f"“{key.name}” {wrong}.")
            elif key.type == "tables":
                values[key.name] = tuple(
                    self._table(name, read, key.keys, f"an entry of {key.name}", row, (*at, key.name, number))
                    for number, row in enumerate(value)
                )
            else:
                values[key.name] = _plain(value)
        return values


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return tuple(_plain(item) for item in value) if isinstance(value, list) else value
