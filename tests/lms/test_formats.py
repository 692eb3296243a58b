"""Dates are written one way, whether a template names a format or leaves it to the language."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

WHEN = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "date", "moment"),
    [
        ("en", "22 November 2026", "22 November 2026, 14:00"),
        ("nb", "22. november 2026", "22. november 2026 14:00"),
    ],
)
def test_dates_as_people_here_write_them(language: str, date: str, moment: str) -> None:
    with translation.override(language):
        assert date_format(WHEN, "DATE_FORMAT") == date
        assert date_format(WHEN, "DATETIME_FORMAT") == moment
