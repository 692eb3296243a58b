"""Counting downloads, also many at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.library import selectors
from cms.library.actions import count_download
from cms.models import DownloadDay
from tests.factories.cms import DocumentFactory
from tests.races import at_once

pytestmark = pytest.mark.database


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_count_fifty(transactional_db: Any) -> None:
    document = DocumentFactory.create()
    day = date(2026, 3, 1)
    assert at_once(*[lambda: count_download(document.pk, day)] * 50) == [None] * 50
    assert list(DownloadDay.objects.values_list("day", "count")) == [(day, 50)]


@pytest.mark.django_db(transaction=True)
def test_a_count_that_fails_is_not_the_reader_s_trouble(transactional_db: Any) -> None:
    count_download(999_999_999, date(2026, 3, 1))
    assert not DownloadDay.objects.exists()


@pytest.mark.django_db
def test_twelve_months_count() -> None:
    document, today = DocumentFactory.create(), timezone.localdate()
    for days, count in ((0, 1), (100, 10), (366, 1000)):
        DownloadDay.objects.create(document=document, day=today - timedelta(days=days), count=count)
    assert selectors.downloads([document.pk]) == {document.pk: 11}
