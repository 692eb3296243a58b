"""Which keys a course file may have, and what may stand in them: docs/course-files.md as data. Pure.

The limits are those of the pages and blocks the files become; a test holds the two together.
"""

import re
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from courses.rules import Level, StrategySection

ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
SLUG = re.compile(r"[\w-]+")
LONGEST_NAME = 80


class Key(NamedTuple):
    """One key. `longest` is characters of a text; `least` and `most` bound a whole number; `keys` are those of a table.

    Types: text, id, slug, whole, flag, date, choice, texts (a list), rows (a list of lists), address, file, tables.
    """

    name: str
    type: str = "text"
    required: bool = True
    longest: int = 0
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    keys: tuple["Key", ...] = ()
    default: Any = ""
    media: str = ""


class Kind(NamedTuple):
    """A directive: its keys, and whether Markdown stands after `---`: "no", "may" or "must"."""

    keys: tuple[Key, ...]
    text: str = "no"


LEVELS = {level.name.lower(): level for level in Level}
LANGUAGES = ("en", "nb")

COURSE = (
    Key("id", "id"),
    Key("slug", "slug", required=False),
    Key("title", longest=255),
    Key("level", "choice", choices=tuple(LEVELS)),
    Key("summary", longest=250),
    Key("audience", required=False, longest=300),
    Key("prerequisites", required=False, longest=300),
    Key("requires", "texts", required=False, longest=LONGEST_NAME, default=()),
    Key("hours", "whole", least=1, most=1000),
    Key("language", "choice", choices=LANGUAGES),
    Key("outcomes", "texts", required=False, longest=300, default=()),
    Key("gives", required=False, longest=120),
    Key("pass_percent", "whole", required=False, least=1, most=100, default=70),
    Key("topics", "texts", required=False, longest=LONGEST_NAME, default=()),
    Key("reviewed", "date", required=False, default=None),
    Key("review_by", "date", required=False, default=None),
)
MODULE = (Key("id", "id"), Key("title", longest=255), Key("summary", required=False, longest=250))
LESSON = (
    Key("id", "id"),
    Key("title", longest=255),
    Key("question", required=False, longest=250),
    Key("minutes", "whole", least=1, most=600),
)
FACT = (
    Key("label", longest=120),
    Key("value", longest=600),
    Key("source", longest=255),
    Key("url", "address", required=False),
    Key("checked", "date", required=False, default=None),
    Key("changes_often", "flag", required=False, default=False),
)
WORKSHEET_QUESTION = (
    Key("id", "id"),
    Key("prompt", longest=500),
    Key("help", required=False, longest=500),
    Key("section", "choice", required=False, choices=tuple(StrategySection.values)),
    Key("size", "choice", required=False, choices=("short", "long"), default="long"),
)
_CREDIT = Key("credit", required=False, longest=200)
KINDS: dict[str, Kind] = {
    "callout": Kind(
        (
            Key("kind", "choice", required=False, choices=("note", "advice", "judgement", "watch"), default="note"),
            Key("title", required=False, longest=120),
        ),
        text="must",
    ),
    "key-facts": Kind((Key("title", required=False, longest=120), Key("facts", "tables", keys=FACT))),
    "table": Kind(
        (Key("caption", longest=200), Key("header", "texts", longest=200), Key("rows", "rows", longest=1000))
    ),
    "image": Kind(
        (
            Key("file", "file", media="image"),
            Key("alt", required=False, longest=500),
            Key("caption", required=False, longest=300),
            _CREDIT,
        )
    ),
    "audio": Kind((Key("file", "file", media="audio"), Key("title", longest=200), _CREDIT), text="must"),
    "video": Kind(
        (
            Key("file", "file", required=False, media="video", default=None),
            Key("embed", "address", required=False),
            Key("title", longest=200),
            Key("captions", "file", required=False, media="captions", default=None),
            _CREDIT,
        ),
        text="may",
    ),
    "download": Kind(
        (
            Key("file", "file", media="download"),
            Key("title", longest=200),
            Key("description", required=False, longest=300),
        )
    ),
    "quiz": Kind((Key("id", "id"), Key("title", longest=200), Key("file", "file", media="gift"))),
    "worksheet": Kind(
        (
            Key("id", "id"),
            Key("title", longest=200),
            Key("intro", required=False, longest=600),
            Key("questions", "tables", keys=WORKSHEET_QUESTION),
        )
    ),
}
QUIZ_LIMITS = {"id": 80, "title": 200, "option": 600, "feedback": 1000, "explanation": 1000}


def problem(key: Key, value: Any) -> str:
    """What is wrong with a value, as the rest of a sentence that begins with the key's name; empty when it is fine."""
    match key.type:
        case "text" | "file":
            return _text_problem(value, key.longest)
        case "id":
            wrong = not isinstance(value, str) or not ID.fullmatch(value) or len(value) > LONGEST_NAME
            return f"must be letters, digits and dashes, {LONGEST_NAME} at most, for example “fnd-1-1”" if wrong else ""
        case "slug":
            wrong = not isinstance(value, str) or not SLUG.fullmatch(value) or len(value) > LONGEST_NAME
            return f"must be letters, digits and dashes, {LONGEST_NAME} at most" if wrong else ""
        case "whole":
            right = type(value) is int and key.least <= value <= key.most
            return "" if right else f"must be a whole number from {key.least} to {key.most}, without quotes"
        case "flag":
            return "" if isinstance(value, bool) else "must be true or false, without quotes"
        case "date":
            return "" if type(value) is date else "must be a date without quotes, for example 2026-09-01"
        case "choice":
            return "" if value in key.choices else f"must be one of: {', '.join(key.choices)}"
        case "texts":
            return _texts_problem(value, key.longest)
        case "rows":
            return _rows_problem(value, key.longest)
        case "address":
            return _address_problem(value)
    tables = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    return "" if tables else f"must be tables: write [[{key.name}]] above the keys of each"


def _text_problem(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        return "must be a text in quotes"
    if longest and len(value.strip()) > longest:
        return f"has {len(value.strip()):,} characters; {longest:,} fit"
    if any(ord(character) < 32 or ord(character) == 127 for character in value.strip()):
        return "must be one line without control characters"
    return ""


def _texts_problem(value: Any, longest: int) -> str:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return 'must be a list of texts, for example ["One", "Two"]'
    wrong = next((found for item in value if (found := _text_problem(item, longest))), "")
    empty = any(not item.strip() for item in value)
    return "has an empty text in its list" if empty else f"has a text that {wrong}" if wrong else ""


def _rows_problem(value: Any, longest: int) -> str:
    if not isinstance(value, list) or not value or not all(isinstance(row, list) for row in value):
        return "must be a list of rows, each a list of texts"
    for number, row in enumerate(value, 1):
        for cell in row:
            if wrong := _text_problem(cell, longest):
                return f"has a cell in row {number} that {wrong}"
    return ""


def _address_problem(value: Any) -> str:
    wrong = "must be an address that begins with https://"
    if not isinstance(value, str) or len(value) > 2000 or re.search(r"\s", value):
        return wrong
    try:
        parts = urlsplit(value)
    except ValueError:
        return wrong
    return "" if parts.scheme in ("http", "https") and parts.hostname else wrong
