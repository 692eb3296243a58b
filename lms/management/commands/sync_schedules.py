"""After a deploy: bring the recurring jobs in the database in step with lms/schedules.py."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.schedules import sync


class Command(BaseCommand):
    help = "Bring the recurring jobs in step with lms/schedules.py. Clocks are not moved."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(sync())
