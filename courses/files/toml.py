"""TOML with line numbers: the standard library's parser says what a text means, this says where. Pure."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


class TomlProblem(ValueError):
    """The text is not TOML. `line` counts in the whole file."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Toml:
    """`values` as the parser gives them. `places` maps ("title",) or ("facts", 0, "label") to its line in the file."""

    values: dict[str, Any]
    whole: int
    """The line to name for the text as a whole."""
    places: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, *place: str | int) -> int:
        """The line of a key; of the table it is missing in; else of the whole."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.places:
                return self.places[place[:length]]
        return self.whole


def read(text: str, first_line: int = 1, whole: int = 0) -> Toml:
    """Read TOML that begins in `first_line` of a file; `whole` is what it belongs to. Raises `TomlProblem`."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        at = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
        message = str(error)[: found.start()] if found else str(error)
        raise TomlProblem(first_line + at - 1, f"This cannot be read as TOML: {message}.") from error
    except RecursionError as error:
        raise TomlProblem(first_line, "This cannot be read as TOML: too many brackets inside each other.") from error
    return Toml(values, whole or first_line, _places(text, first_line))


def _places(text: str, first_line: int) -> dict[tuple[str | int, ...], int]:
    places: dict[tuple[str | int, ...], int] = {}
    counts: dict[str, int] = {}
    table: tuple[str | int, ...] = ()
    inside = False
    for number, line in enumerate(text.split("\n"), first_line):
        quotes = line.count('"""') + line.count("'''")
        if not inside and (found := _TABLE.fullmatch(line.split("#")[0].rstrip())):
            counts[found[1]] = counts.get(found[1], -1) + 1
            table = (found[1], counts[found[1]])
            places.setdefault((found[1],), number)
            places[table] = number
        elif not inside and (found := _KEY.match(line)):
            places.setdefault((*table, found[1]), number)
        inside ^= bool(quotes % 2)
    return places
