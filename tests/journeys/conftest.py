"""Who takes part in the journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.graduation import Graduate, graduate_from
from tests.product import Person, Product, context_for


@pytest.fixture(scope="session")
def graduate(product: Product, browser: Browser) -> Iterator[Graduate]:
    """A newcomer who has learned the whole foundation course. It is learned once; see test_foundation.py."""
    person = Person(context_for(browser, product))
    yield graduate_from(product, person)
    person.context.close()
    assert not person.complaints, person.complaints
