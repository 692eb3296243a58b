"""What only the pages need."""

from collections.abc import Iterator

import pytest

from tests.product import Operated, Product


@pytest.fixture(scope="session")
def operated(product: Product) -> Iterator[Operated]:
    """The product's web server as an operator runs it."""
    running = Operated(product)
    running.start()
    yield running
    assert running.stop() == 0, running.tail()
