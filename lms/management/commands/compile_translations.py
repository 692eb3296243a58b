"""At a deploy: make the compiled catalogues beside the .po files. Needs no system tool."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.translations import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations. Only what changed is written."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        self.stdout.write("Translations are compiled.")
