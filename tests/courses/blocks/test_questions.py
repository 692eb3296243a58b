"""What editors are told about quizzes, when, and that a draft may be half done."""

import pytest

from tests.courses.blocks.refusing import refused
from tests.factories.courses import option, question, quiz

pytestmark = pytest.mark.django_db


def test_a_question_nobody_can_get_right() -> None:
    bad = quiz(questions=[question(options=[option("a"), option("b")])])
    assert "worth 100" in refused(bad)
    assert refused(bad, draft=True) == "", "a draft may be half done"


@pytest.mark.parametrize("key", ["with space", "a/b", '"><script>', "a?b"])
def test_ids_fit_into_addresses(key: str) -> None:
    assert "letters, digits" in refused(quiz(key))
