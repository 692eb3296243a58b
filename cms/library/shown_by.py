"""Which pages show which files: each part of the product says it of its own pages, from its `AppConfig.ready()`.

A file that is no library entry is open to whoever may see a published page that shows it. The pages themselves are
asked, never Wagtail's index of references: a background task keeps that, and it lags.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from cms.rules import Access


@dataclass(frozen=True, slots=True)
class Showing:
    """A published page: the ids of the files it shows, and whom it is open to."""

    documents: frozenset[int]
    access: Access


@dataclass(frozen=True, slots=True)
class Pages:
    """What a part knows of its pages, each answer in a fixed number of queries.

    `showings` are those of its published pages. `uses` are (document id, title) of every page with one of these
    documents, drafts too.
    """

    showings: Callable[[], Iterable[Showing]]
    uses: Callable[[Collection[int]], Iterable[tuple[int, str]]]


_parts: dict[str, Pages] = {}


def register(name: str, pages: Pages) -> None:
    """Make a part's pages known. Registering the same name again replaces it."""
    _parts[name] = pages


def parts() -> Iterable[Pages]:
    return _parts.values()
