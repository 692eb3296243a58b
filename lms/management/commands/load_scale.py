"""Fills an empty database for benchmarks: see bench/."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.demo.scale import STEPS, Size, load_scale
from lms.management.terminal import quiet, steps_bar


class Command(BaseCommand):
    help = "Fill an empty database with many learners and courses, the same every time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in Size.__dataclass_fields__:
            parser.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
        parser.add_argument("--force", action="store_true", help="also while DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO_ALLOWED or options["force"]):
            raise CommandError("Scale data is refused while DEBUG is off. Nothing was loaded. Use --force.")
        size = Size(**{name: options[name] for name in Size.__dataclass_fields__})
        if min(size.learners, size.courses, size.modules, size.lessons, size.enrolments) < 1:
            raise CommandError("Every number must be at least 1.", returncode=2)
        with quiet(), steps_bar(what="Scale data", total=STEPS, unit="step") as shown:
            try:
                summary = load_scale(size, shown.update)
            except ValueError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{summary}."))
