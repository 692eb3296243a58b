"""How commands speak: a progress bar where somebody watches, and no log lines between."""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")
CHATTY = ("wagtail", "django-q")


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what Wagtail and the queue log about every page; warnings still come through."""
    before = {name: logging.getLogger(name).level for name in CHATTY}
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def bar(items: Iterable[T], *, what: str, unit: str) -> Iterable[T]:
    """The items, with a progress bar on a terminal and nothing elsewhere."""
    return tqdm(items, desc=what, unit=unit, leave=False, disable=not sys.stderr.isatty())


def steps_bar(*, what: str, total: int, unit: str) -> "tqdm[None]":
    """A progress bar to update by hand, shown on a terminal only."""
    nothing: list[None] = []
    return tqdm(nothing, desc=what, total=total, unit=unit, leave=False, disable=not sys.stderr.isatty())
