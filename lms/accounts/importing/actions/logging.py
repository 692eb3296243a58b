"""Log entries of many things at once, as wagtail.log_actions.log writes them one by one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.accounts.models import Company, User


def log_companies(action: str, about: Iterable[tuple[Company, Mapping[str, Any]]], *, by: User | None) -> None:
    """One entry for each company, with its data. One statement."""
    kind, now = ContentType.objects.get_for_model(Company), timezone.now()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(company.pk),
            label=company.name,
            action=action,
            timestamp=now,
            user=by,
            data=dict(data),
        )
        for company, data in about
    )
