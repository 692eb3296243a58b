import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.files import directives

FRONT = "+++\nid = 1\n+++\n"


def test_takes_a_lesson_apart():
    lines = directives.split(
        f"{FRONT}\nText\n\n::: callout\nkind = 1\n---\nInside\n:::\n\n::: quiz\nfile = 2\n:::\nEnd"
    )
    assert lines.front == "id = 1"
    assert lines.problems == []
    assert [(part.kind, part.line, part.text, part.text_line) for part in lines.parts] == [
        ("text", 5, "Text", 5),
        ("callout", 7, "Inside", 10),
        ("quiz", 13, None, 0),
        ("text", 16, "End", 16),
    ]
    assert [part.toml for part in lines.parts] == ["", "kind = 1", "file = 2", ""]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("No front matter", 1, "missing"),
        ("", 1, "missing"),
        ("+++\nid = 1\n", 1, "not closed"),
        (f"{FRONT}\n::: quiz\nid = 1\n", 5, "not closed"),
        (f"{FRONT}\n::: quiz\nid = 1\n::: callout\n:::\n", 5, "do not nest"),
        (f"{FRONT}\nText\n:::\n", 6, "closes nothing"),
    ],
)
def test_says_where_the_shape_is_wrong(source: str, line: int, words: str):
    problems = directives.split(source).problems
    assert [problem[0] for problem in problems] == [line]
    assert words in problems[0][1]


def test_goes_on_after_a_directive_that_is_not_closed():
    lines = directives.split(f"{FRONT}::: quiz\n::: callout\n:::\n")
    assert [part.kind for part in lines.parts] == ["callout"]


@given(st.text(st.sampled_from(":\\ \n-+abc"), max_size=60))
def test_any_text_survives_in_a_file(text: str):
    tidied = directives.tidy(text)
    escaped = directives.escape(tidied)
    inside = directives.split(f"{FRONT}\n::: callout\n---\n{escaped}\n:::\n")
    outside = directives.split(f"{FRONT}\n{escaped}\n")
    assert inside.problems == outside.problems == []
    assert inside.parts[0].text == tidied
    assert [part.text for part in outside.parts] == ([tidied] if tidied else [])
