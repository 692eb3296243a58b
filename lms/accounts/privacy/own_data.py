"""What is kept of a person: each app registers its parts from its AppConfig.ready().

Of every field of every model that points to a person, `covered` or `LEFT_OUT` has something to say: a test walks them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from lms.accounts.models import User

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person sent: where it is, None when it is gone; and what they called it."""

    path: Path | None
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what is kept.

    `name` is the file's in the download. `found` gives the rows that are about one person, with all that `told` reads;
    `told` makes of a row what the person gets: no secret, and of nobody else more than a page showed them. `covers`
    are the fields that point to people, as `app.Model.field`. `stays` says what of it belongs to a company and stays
    with it; empty: it is the person's alone.
    """

    name: str
    label: Words
    found: Callable[[User], QuerySet[Any]]
    told: Callable[[Any], Mapping[str, Any]]
    covers: tuple[str, ...]
    stays: Words = ""
    uploads: Callable[[Any], Iterable[Upload]] | None = None

    def count(self, user: User) -> int:
        return self.found(user).count()


_parts: dict[str, tuple[Part, ...]] = {}
LEFT_OUT: dict[str, str] = {}
"""Fields that point to people and are in no download, each with the reason."""


def register(*parts: Part) -> None:
    """Add what an app keeps. Registering again replaces: apps may be loaded twice in tests."""
    _parts[parts[0].name] = parts


def leave_out(reason: str, *fields: str) -> None:
    """Say why these fields, `app.Model.field`, are in no part."""
    LEFT_OUT.update(dict.fromkeys(fields, reason))


def parts() -> list[Part]:
    """The account first, then upwards: apps are made ready from the top down."""
    return [part for its in reversed(_parts.values()) for part in its]


def covered() -> set[str]:
    return {field for part in parts() for field in part.covers}


def only(*names: str) -> Callable[[Model], dict[str, Any]]:
    """A `told` that takes these fields as they are; `company__name` follows a relation that may be empty."""

    def told(row: Model) -> dict[str, Any]:
        return {name.replace("__", "_"): _value(row, name.split("__")) for name in names}

    return told


def _value(row: Any, path: list[str]) -> Any:
    for name in path:
        if row is None:
            break
        row = getattr(row, name)
    return row
