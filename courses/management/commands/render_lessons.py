"""`manage.py render_lessons`: every published lesson anew, after an upgrade that changed how blocks look."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from courses import actions
from courses.models import LessonPage


class Command(BaseCommand):
    help = "Render every published lesson anew. Needed after an upgrade that changed how a block looks."

    def handle(self, *args: Any, **options: Any) -> None:
        lessons = LessonPage.objects.live().select_related("locale").order_by("path")
        count = actions.render_lessons(tqdm(lessons.iterator(100), total=lessons.count(), disable=None, unit="lesson"))
        self.stdout.write(f"{count} lessons rendered.")
