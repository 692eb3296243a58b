"""Writes a course folder: see docs/course-files.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.files.export import export_course
from courses.files.tree import CourseRefused
from courses.models import CoursePage


class Command(BaseCommand):
    help = "Write a published course to a folder (docs/course-files.md), always the same bytes for the same course."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the course in its address: /courses/SLUG/")
        parser.add_argument("path", type=Path, metavar="PATH", help="the folder to write")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), help="when there is one in each language")
        parser.add_argument("--force", action="store_true", help="write to a folder that holds something else")

    def handle(self, *args: Any, **options: Any) -> None:
        page = _course(options["slug"], options["language"])
        try:
            count = export_course(page, options["path"], force=options["force"])
        except CourseRefused as refusal:
            for error in refusal.errors:
                self.stderr.write(str(error))
            raise CommandError("Nothing was written.", returncode=1) from refusal
        self.stdout.write(self.style.SUCCESS(f"“{page.title}”: {count} files in {options['path']}."))


def _course(slug: str, language: str | None) -> CoursePage:
    found = list(CoursePage.objects.filter(slug=slug).select_related("locale").order_by("path"))
    if language:
        found = [page for page in found if page.locale.language_code == language]
    if not found:
        known = ", ".join(CoursePage.objects.live().order_by("path").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no course “{slug}”. There are: {known}.", returncode=1)
    if len(found) > 1:
        raise CommandError(f"There is a course “{slug}” in several languages. Say which with --language.", returncode=2)
    return found[0]
