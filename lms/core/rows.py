"""Plain SQL for what every page asks: written once, where a queryset is put together anew for each request.

A statement runs on SQLite and PostgreSQL alike. Rows come back as the database gives them; `moment` makes of a moment
what a field would, and `instances` makes objects of models.

PostgreSQL plans such a statement once per connection and not at every request: planning costs more than reading a few
rows does. Django's own statements carry their values in their text, so they cannot be prepared.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.utils.dateparse import parse_datetime


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """A cursor whose statements PostgreSQL keeps prepared, by the `prepare_threshold` of the settings."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from django.db.backends.postgresql.base import ServerBindingCursor  # no psycopg is asked of SQLite's users

            cursor.cursor.close()
            cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
        yield cursor


def rows(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with prepared() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def moment(value: Any) -> datetime | None:
    """A moment as the database gives it to plain SQL: SQLite as text or without a zone, in UTC."""
    read = parse_datetime(value) if isinstance(value, str) else value
    if not isinstance(read, datetime):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def columns(model: type[models.Model], alias: str) -> str:
    """All columns of a model, for the SELECT that `instances` reads."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def instances(statement: str, parameters: Sequence[Any], *kinds: type[models.Model]) -> list[tuple[Any, ...]]:
    """An object of each model a row, from the `columns` of these models in this order; None where a join found none."""
    found = []
    for row in rows(statement, parameters):
        made, start = [], 0
        for kind in kinds:
            fields = kind._meta.concrete_fields
            made.append(_instance(kind, row[start : start + len(fields)]))
            start += len(fields)
        found.append(tuple(made))
    return found


def _instance(kind: type[models.Model], values: Sequence[Any]) -> models.Model | None:
    if values[0] is None:  # the key
        return None
    names, readings = _fields(kind)
    read = list(values)
    for at, column, convert in readings:
        read[at] = convert(read[at], column, connection)
    return kind.from_db(connection.alias, names, read)


@cache
def _fields(kind: type[models.Model]) -> tuple[list[str], list[tuple[int, Any, Any]]]:
    """The names of a model's fields; and (place, column, function) where the database's value is not yet Python's."""
    found = [field.get_col(kind._meta.db_table) for field in kind._meta.concrete_fields]
    readings = [
        (at, column, convert)
        for at, column in enumerate(found)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]
    return [field.attname for field in kind._meta.concrete_fields], readings
