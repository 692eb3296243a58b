"""What editors are told about a body as a whole."""

import pytest

from tests.courses.blocks.refusing import audio, refused, video
from tests.factories.courses import paragraph, question, quiz, worksheet

pytestmark = pytest.mark.django_db


def test_a_whole_lesson_is_well() -> None:
    film = video(embed="https://youtu.be/abc_DEF-123")
    assert refused(paragraph(), quiz(), worksheet(), audio(), film) == ""


def test_ids_are_unique_in_a_lesson() -> None:
    assert "“quiz”" in refused(quiz(), quiz())
    assert "“same”" in refused(quiz("same"), worksheet("same"))
    assert "“q1”" in refused(quiz(questions=[question("q1"), question("q1")]))
    assert "“payer”" in refused(worksheet(questions=["payer", "payer"]))


def test_many_texts_that_are_too_much_together_are_refused() -> None:
    assert "several lessons" in refused(*[{"type": "text", "value": "word " * 20_000}] * 5)
