"""What editors are told about text and tables."""

import pytest

from tests.courses.blocks.refusing import refused

pytestmark = pytest.mark.django_db


def test_a_table_is_even() -> None:
    value = {"caption": "C", "header": ["a", "b"], "rows": [["1", "2"], ["1"]]}
    assert "Row 2 has 1 cells" in refused({"type": "table", "value": value})


def test_five_million_characters_are_refused_in_words_even_as_a_draft() -> None:
    assert "fit" in refused({"type": "text", "value": "x" * 5_000_000}, draft=True)


def test_a_text_too_long_for_one_is_refused_at_the_text() -> None:
    assert "Split it" in refused({"type": "callout", "value": {"kind": "note", "title": "", "text": "x" * 250_000}})
