"""Loads the demo: see README.md."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.demo import loading
from lms.demo.people import HOST, PASSWORD
from lms.management.terminal import quiet, steps_bar


class Command(BaseCommand):
    help = "Load example people, companies, a cohort and courses. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="also while DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO_ALLOWED or options["force"]):
            raise CommandError(
                "The demo has people whose password everybody knows, so it is refused while DEBUG is off. "
                "Nothing was loaded. Use --force if nobody else can reach this site."
            )
        with quiet(), steps_bar(what="Demo", total=loading.steps(), unit="step") as shown:
            loading.load(shown.update)
        self.stdout.write(self.style.SUCCESS(f"The demo is loaded. Sign in as learner@{HOST}, password {PASSWORD}."))
