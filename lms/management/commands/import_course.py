"""Loads a course folder: see docs/course-files.md."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.files.actions import Options, import_course
from courses.files.diff import Change
from courses.files.tree import CourseRefused
from lms.management.terminal import bar, quiet


class Command(BaseCommand):
    help = "Load a course from a folder (docs/course-files.md). Shows what changes; writes all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="the folder with course.toml")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument(
            "--retire", action="store_true", help="unpublish lessons that people have started and that are gone"
        )
        parser.add_argument(
            "--overwrite-drafts", action="store_true", help="publish over drafts that editors have not published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Options(options["retire"], options["overwrite_drafts"], options["dry_run"])
        try:
            with quiet():
                changes = import_course(options["path"], chosen, announce=self.show, track=_track)
        except CourseRefused as refusal:
            for error in refusal.errors:
                self.stderr.write(str(error))
            many = "1 error" if len(refusal.errors) == 1 else f"{len(refusal.errors)} errors"
            raise CommandError(f"{many}. Nothing was changed.", returncode=1) from refusal
        if not changes:
            self.stdout.write("Nothing to change.")
        elif chosen.dry_run:
            self.stdout.write(f"{_count(changes)} would be made. Nothing was written.")
        else:
            self.stdout.write(self.style.SUCCESS(f"{_count(changes)} made and published."))

    def show(self, changes: list[Change]) -> None:
        for change in changes:
            self.stdout.write(str(change))


def _track(lessons: Sequence[str]) -> Iterable[str]:
    return bar(lessons, what="Lessons", unit="lesson")


def _count(changes: list[Change]) -> str:
    return "1 change" if len(changes) == 1 else f"{len(changes)} changes"
