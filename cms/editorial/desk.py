"""What the editors' desk asks of each part of the product, which says it from `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Writing:
    """Published text: as HTML, the title of what it stands in, and where an editor mends it."""

    html: str
    title: str
    edit: str


_reviewed: list[type[Page]] = []
_writings: dict[str, Callable[[], Iterable[Writing]]] = {}


def register_reviewed(model: type[Page]) -> None:
    """Pages of this type have a date `review_by`, by which somebody has to look at them again."""
    if model not in _reviewed:
        _reviewed.append(model)


def reviewed() -> tuple[type[Page], ...]:
    return tuple(_reviewed)


def register_writings(name: str, writings: Callable[[], Iterable[Writing]]) -> None:
    """Make a part's published texts known, so that their links are looked at. Registering again replaces."""
    _writings[name] = writings


def all_writings() -> Iterator[Writing]:
    for writings in _writings.values():
        yield from writings()
