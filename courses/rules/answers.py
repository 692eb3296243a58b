"""What a typed answer means: numbers as people write them, words as people spell them. Pure."""

import re
import unicodedata
from decimal import Decimal

MAX_ANSWER = 500
"""Characters of a typed quiz answer."""

_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{1,10})?|[.,]\d{1,10})")
_SPACES_IN_NUMBERS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'](?=\d{3})")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "’": "'", "‘": "'", "–": "-", "—": "-"}
)


def read_number(text: str) -> Decimal | None:
    """The number someone wrote: comma or point for decimals, spaces between thousands, perhaps “%”. None if it is none.

    “1,000” is one: a comma is always the decimal sign here, as it is in Norway.
    """
    plain = _SPACES_IN_NUMBERS.sub("", text.strip().replace("−", "-").removesuffix("%").strip())
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def fold(text: str) -> str:
    """Text as it is compared: case, accents, kinds of quotes and the number of spaces do not count."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def matches(pattern: str, text: str) -> bool:
    """Whether `text` is what `pattern` asks for. `*` stands for anything, `\\*` for an asterisk, as in Moodle.

    Finds the parts between asterisks one after the other, so the time is that of a search, whatever the pattern.
    """
    parts = [fold(part.replace("\\*", "*")) for part in re.split(r"(?<!\\)\*", pattern)]
    answer = fold(text)
    if len(parts) == 1:
        return answer == parts[0]
    first, *middle, last = parts
    if len(answer) < len(first) + len(last) or not answer.startswith(first) or not answer.endswith(last):
        return False
    at, end = len(first), len(answer) - len(last)
    for part in middle:
        found = answer.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
