"""What stands beside an answer: our verdict once, then the author's words."""

import pytest
from django.utils import translation

from courses.views.quiz_shown import without_verdict


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Right, it is false. The act asks for consent.", "It is false. The act asks for consent."),
        ("Right: federal law.", "Federal law."),
        ("Not so. It feels national.", "It feels national."),
        ("Rightly so.", "Rightly so."),
        ("Not so fast.", "Not so fast."),
        ("Right.", "Right."),
        ("It depends.", "It depends."),
        ("", ""),
    ],
)
def test_a_verdict_is_said_once(written: str, shown: str) -> None:
    with translation.override("en"):
        assert without_verdict(written) == shown
