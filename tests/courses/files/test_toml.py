import pytest

from courses.files import toml

TEXT = '''title = "A"   # a comment
note = """
label = "not a key"
"""

[[facts]]
label = "one"

[[facts]]
label = "two"
"value" = 3'''


def test_knows_the_line_of_every_key():
    read = toml.read(TEXT, first_line=10)
    assert read.line("title") == 10
    assert read.line("facts", 0, "label") == 16
    assert read.line("facts", 1, "label") == 19
    assert read.line("facts", 1, "value") == 20


def test_a_missing_key_is_missing_in_its_table():
    read = toml.read(TEXT, first_line=10)
    assert read.line("facts", 1, "source") == 18
    assert read.line("summary") == 10


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = \nc = 2", 6, "Invalid value"),
        ("a = 1\na = 2", 6, "overwrite"),
        ('a = 1\n\nb = "open', 7, "TOML"),
        ("a = " + "[" * 50_000, 5, "brackets"),
        ('a = "\\ud800"', 5, "TOML"),
    ],
)
def test_says_where_it_is_no_toml(text: str, line: int, words: str):
    with pytest.raises(toml.TomlProblem) as caught:
        toml.read(text, first_line=5)
    assert caught.value.line == line
    assert words in caught.value.message
