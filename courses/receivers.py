"""Lessons are kept as finished HTML, so a replaced picture or file must reach the lessons that show it."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.actions import render_lessons_showing


def changed(instance: Model, created: bool, **_sent: Any) -> None:
    """Render anew after the change is committed: Wagtail then knows the new file and has dropped the old sizes."""
    if not created:
        transaction.on_commit(lambda: render_lessons_showing(instance))


def connect() -> None:
    for model in (get_image_model(), get_document_model()):
        post_save.connect(changed, sender=model, dispatch_uid=f"courses.{model.__name__}")
