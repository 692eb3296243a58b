"""A deleted document takes its preview with it; Wagtail sees to the file itself."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from cms.models import Document


def without_document(instance: Document, **_sent: Any) -> None:
    if name := instance.preview.name:
        transaction.on_commit(lambda: instance.preview.storage.delete(name))


def connect() -> None:
    post_delete.connect(without_document, sender=Document, dispatch_uid="cms.library.preview")
