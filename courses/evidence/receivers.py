"""A deleted entry, as when its person is deleted, takes its file with it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from courses.evidence import files
from courses.models import EvidenceEntry


def without_entry(instance: EvidenceEntry, **_sent: Any) -> None:
    if path := instance.file:
        transaction.on_commit(lambda: files.remove(path))


def connect() -> None:
    post_delete.connect(without_entry, sender=EvidenceEntry, dispatch_uid="courses.evidence.file")
