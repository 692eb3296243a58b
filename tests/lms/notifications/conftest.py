"""A kind of message that exists only here."""

from collections.abc import Iterator

import pytest

from tests.factories.notifications import registered


@pytest.fixture(autouse=True)
def _hello() -> Iterator[None]:
    with registered():
        yield
