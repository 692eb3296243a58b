"""`make messages`: bring the Bokmål catalogue in step with the sources."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.translations import compile_catalogues, update_catalogue


class Command(BaseCommand):
    help = "Bring the Bokmål catalogue in step with the sources, and compile it."

    def handle(self, *args: Any, **options: Any) -> None:
        total, missing = update_catalogue("nb")
        compile_catalogues()
        self.stdout.write(f"{total} texts, {missing} without a translation.")
