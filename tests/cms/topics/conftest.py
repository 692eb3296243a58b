"""Things to find for tests: whatever a test puts into `shelf` is findable, as if a part of the product had it."""

from collections.abc import Iterator
from typing import Any

import pytest

from cms import findable
from cms.findable import Item


def item(key: str = "thing-1", kind: str = "document", **fields: Any) -> Item:
    plain = {"title": f"Title of {key}", "summary": "In short.", "url": f"/{key}/", "language": "en"}
    return Item(key=key, kind=kind, **{**plain, **fields})


@pytest.fixture
def shelf() -> Iterator[list[Item]]:
    items: list[Item] = []
    findable.register("shelf", lambda language: items)
    yield items
    del findable._providers["shelf"]
