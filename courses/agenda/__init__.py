"""What waits for a person and what is new for them, from every part of the product: one statement.

An app says what it has to show with a `Fragment`: a few small SELECTs, and what to make of their rows. It registers it
from its AppConfig.ready(), so that a home knows nothing of those above it. What is made are the shapes of
`courses.slots`. Everything is asked in one UNION ALL, which PostgreSQL plans once per connection.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest

from lms.core.rows import moment, rows

T = TypeVar("T")
NUMBERS, TEXTS, MOMENTS = 4, 7, 5
NOTHING = ("CAST(NULL AS bigint)", "CAST(NULL AS text)", "CAST(NULL AS timestamptz)")
"""PostgreSQL gives a NULL in a UNION the type of a text, if nobody says which it is; SQLite does not mind."""


@dataclass(frozen=True, slots=True)
class Select:
    """Columns by their kind, at most `NUMBERS`, `TEXTS` and `MOMENTS` of them, and all from FROM on, with a LIMIT.

    Days and JSON are texts, by `CAST(… AS text)`; a yes or no is a number. The same SQL runs on both databases.
    """

    source: str
    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()

    def sql(self, at: int) -> str:
        kinds = zip((self.numbers, self.texts, self.moments), (NUMBERS, TEXTS, MOMENTS), NOTHING, strict=True)
        listed = [column for given, room, nothing in kinds for column in (*given, *[nothing] * (room - len(given)))]
        return f"SELECT * FROM (SELECT {at}, {', '.join(listed)} {self.source}) AS asked_{at}"  # noqa: S608 - our SQL


class Row(NamedTuple):
    """A row of a `Select`: what was asked for, and nothing where there was more room."""

    numbers: tuple[Any, ...]
    texts: tuple[Any, ...]
    moments: tuple[datetime | None, ...]


Parameters = Callable[[HttpRequest, datetime], Sequence[Any] | None]
Make = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a home. `parameters` are those of all its SELECTs in turn; None where there is nothing to ask for.

    `make(request, now, rows of the first SELECT, rows of the second, …)` gives what there is to show.
    """

    name: str
    selects: tuple[Select, ...]
    parameters: Parameters
    make: Make


_fragments: dict[str, Fragment] = {}


def register(fragment: Fragment) -> None:
    """Registering again under the same name takes the place of the one before."""
    _fragments[fragment.name] = fragment


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything the fragments gave, in the order they were registered."""

    items: tuple[Any, ...]

    def of(self, shape: type[T]) -> list[T]:
        return [item for item in self.items if isinstance(item, shape)]


def agenda_of(request: HttpRequest, now: datetime) -> Agenda:
    """What waits for the person who is signed in, and what is new. One statement."""
    given = {name: one.parameters(request, now) for name, one in _fragments.items()}
    asked = [_fragments[name] for name, parameters in given.items() if parameters is not None]
    if not asked:
        return Agenda(())
    parameters = [value for one in asked for value in given[one.name] or ()]
    found: dict[int, list[Row]] = {}
    for at, *values in rows(_statement(tuple(one.name for one in asked)), parameters):
        found.setdefault(at, []).append(_row(values))
    items: list[Any] = []
    at = 0
    for one in asked:
        its = [found.get(at + number, []) for number in range(len(one.selects))]
        at += len(one.selects)
        items += one.make(request, now, *its)
    return Agenda(tuple(items))


@cache
def _statement(names: tuple[str, ...]) -> str:
    selects = [select for name in names for select in _fragments[name].selects]
    return "\nUNION ALL\n".join(select.sql(at) for at, select in enumerate(selects))


def _row(values: Sequence[Any]) -> Row:
    texts = NUMBERS + TEXTS
    return Row(tuple(values[:NUMBERS]), tuple(values[NUMBERS:texts]), tuple(moment(value) for value in values[texts:]))
