"""What only the pages need."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.product import Operated, Person, Product, context_for


@pytest.fixture(scope="session")
def operated(product: Product) -> Iterator[Operated]:
    """The product's web server as an operator runs it."""
    running = Operated(product)
    running.start()
    yield running
    assert running.stop() == 0, running.tail()


@pytest.fixture(scope="session")
def window(product: Product, browser: Browser) -> Iterator[Person]:
    """A browser window for many people in turn: opening one takes as long as looking at a page in it."""
    person = Person(context_for(browser, product))
    yield person
    person.context.close()


@pytest.fixture
def visitor(
    product: Product, window: Person, states: Callable[[str], dict[str, Any]]
) -> Iterator[Callable[[str | None], Person]]:
    """Somebody at the window, who finds nothing there of those before and leaves no complaint."""

    def arrive(role: str | None) -> Person:
        window.page.set_viewport_size({"width": 1280, "height": 900})
        window.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if role:
            window.context.add_cookies(states(role)["cookies"])
        return window

    yield arrive
    window.page.goto(f"{product.url}/healthz")  # what the page had to say, or to keep, it has by then
    window.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    window.context.clear_cookies()
    complaints = window.complaints.copy()
    window.complaints.clear()
    window.expected.clear()
    assert not complaints, complaints
