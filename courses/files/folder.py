"""A course folder on disk: opens only what lies in it, and says in words what cannot be read."""

from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from courses.files import media
from courses.files.tree import CourseFileError, Media

MAX_TEXT_BYTES = 1_000_000
"""Ten times the longest lesson one would read."""


class Folder:
    """The files of one course, with the errors found so far."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.errors: list[CourseFileError] = []
        self._media: dict[tuple[Path, str], Media] = {}

    def error(self, path: str, line: int, message: str) -> None:
        self.errors.append(CourseFileError(path, line, message))

    def name(self, path: Path) -> str:
        """A path as errors show it: from the course folder."""
        return path.relative_to(self.root).as_posix()

    def entries(self, path: Path) -> list[Path]:
        """What a folder of the course holds, by name; without hidden files, and links that lead outside."""
        found = []
        for entry in sorted(path.iterdir()):
            if entry.name.startswith("."):
                continue
            if self._inside(entry) is None:
                self.error(
                    self.name(entry),
                    0,
                    "This link leads out of the course folder or nowhere. Put the file itself here.",
                )
            else:
                found.append(entry)
        return found

    def text(self, path: Path) -> str | None:
        """A text file of the course, its lines ending in \\n; None after an error."""
        name = self.name(path)
        if self._inside(path) is None or not path.is_file():
            self.error(name, 0, "The file is missing.")
            return None
        size = path.stat().st_size
        if size > MAX_TEXT_BYTES:
            self.error(name, 0, f"The file has {size:,} bytes; {MAX_TEXT_BYTES:,} fit. Split it into several.")
            return None
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.error(name, line, "This is not UTF-8 text. Save the file as UTF-8.")
            return None
        if "\0" in text:
            self.error(
                name, text[: text.index("\0")].count("\n") + 1, "There is a NUL character. This is no text file."
            )
            return None
        return text

    def beside(self, name: str, base: Path, at: tuple[str, int]) -> Path | None:
        """The file that a lesson names: under the course for `media/…`, else beside the lesson. None after an error."""
        pure = PurePosixPath(name)
        if not name or "\\" in name or pure.is_absolute() or ".." in pure.parts or len(name) > 200:
            self.error(
                *at, f"“{name[:80]}” leads out of the course folder. Name a file in media/ or beside the lesson."
            )
            return None
        path = (self.root if pure.parts[:1] == ("media",) else base) / pure
        inside = self._inside(path)
        if inside is None and path.is_symlink():
            self.error(*at, f"“{name}” is a link that leads out of the course folder. Put the file itself there.")
        elif inside is None or not inside.is_file():
            self.error(*at, f"The file “{name}” is missing.")
        else:
            return path
        return None

    def media(self, name: str, base: Path, kind: str, at: tuple[str, int]) -> Media | None:
        """A media file that a lesson names, checked by its content. None after an error."""
        path = self.beside(name, base, at)
        if path is None:
            return None
        if (path, kind) not in self._media:
            if problem := media.problem(path, kind):
                self.error(*at, f"{name}: {problem}")
                return None
            self._media[path, kind] = Media(media.digest(path), path.name, path.stat().st_size, partial(_open, path))
        return self._media[path, kind]

    def _inside(self, path: Path) -> Path | None:
        """Where a path really leads, if that is in the course folder and there is something."""
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return None
        return real if real.is_relative_to(self.root) else None


def _open(path: Path) -> BinaryIO:
    return path.open("rb")
