"""Writes a course folder. It is read back before it is put in place: one that gives another course is refused."""

import re
import shutil
import tempfile
from pathlib import Path

from courses.files import diff, selectors
from courses.files.reader import read_course
from courses.files.tree import Course, CourseFileError, CourseRefused, Media
from courses.files.writer import files_of
from courses.models import CoursePage

_OURS = re.compile(r"course\.toml|media|\d{1,4}-[\w-]+")
"""What an export owns in its folder; anything else there is left alone."""


def export_course(page: CoursePage, path: Path, *, force: bool = False) -> int:
    """Write the published course to `path`, and return the number of files. Raises CourseRefused; then nothing changed.

    A folder that holds something else is written to with `force` only; even then only what an export owns is replaced.
    """
    course = selectors.course_tree(selectors.pages_under(page))
    if course is None:
        raise _refused(path, f"“{page.title}” is not published. Publish it first.")
    if sentence := _occupied(path, course.key, force):
        raise _refused(path, sentence)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as place:
        written = Path(place) / "course"
        count = _write(course, written)
        _check(course, written)
        path.mkdir(exist_ok=True)
        for old in path.iterdir():
            if _OURS.fullmatch(old.name):
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        for new in sorted(written.iterdir()):
            shutil.move(new, path / new.name)
    return count


def _refused(path: Path, sentence: str) -> CourseRefused:
    return CourseRefused([CourseFileError(str(path), 0, sentence)])


def _occupied(path: Path, key: str, force: bool) -> str:
    """Why `path` must not be written to, if anything stands there that is not an export of this course."""
    if path.exists() and not path.is_dir():
        return "This is a file. Name a folder."
    if force or not path.exists() or not any(path.iterdir()):
        return ""
    try:
        found = read_course(path)
    except CourseRefused:
        return "The folder is not empty and holds no course that can be read. Name an empty one, or use --force."
    return (
        ""
        if found.key == key
        else f"The folder holds another course, “{found.key}”. Name another folder, or use --force."
    )


def _write(course: Course, folder: Path) -> int:
    try:
        files = files_of(course)
    except ValueError as error:
        raise CourseRefused([CourseFileError(course.slug, 0, str(error))]) from error
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Media):
            with content.open() as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        else:
            target.write_text(content, encoding="utf-8", newline="\n")
    return len(files)


def _check(course: Course, folder: Path) -> None:
    """Raise unless importing the folder would change nothing."""
    if changes := diff.changes(read_course(folder), course):
        raise CourseRefused(
            [
                CourseFileError(
                    change.key, 0, f"{change} cannot be written as files. Simplify it in the editor and try again."
                )
                for change in changes
            ]
        )
