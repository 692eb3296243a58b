"""The front page is light: what a first visit on a slow line has to carry."""

from collections.abc import Callable

import pytest

from tests.product import Person, Product

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
MOST_BYTES_COMPRESSED = 60_000
MOST_REQUESTS = 8


def test_the_front_page_is_light(product: Product, someone: Callable[..., Person]) -> None:
    """Counted by the browser, as sent over the line. Nothing is compressed here."""
    carried = carried_by(someone(None), f"{product.url}/")
    assert len(carried) <= MOST_REQUESTS
    assert sum(carried) <= MOST_BYTES


def test_the_front_page_is_lighter_where_it_is_operated(operated: Product, someone: Callable[..., Person]) -> None:
    """Style sheets and scripts are compressed beforehand, and a browser that has them does not ask again."""
    person = someone(None)
    carried = carried_by(person, f"{operated.url}/")
    assert len(carried) <= MOST_REQUESTS
    assert sum(carried) <= MOST_BYTES_COMPRESSED
    again = carried_by(person, f"{operated.url}/about/")
    assert sum(again) <= sum(carried) / 2


def carried_by(person: Person, address: str) -> list[int]:
    """The bytes of each answer that came over the line."""
    network = person.context.new_cdp_session(person.page)
    network.send("Network.enable")
    carried: dict[str, int] = {}
    network.on(
        "Network.loadingFinished", lambda event: carried.update({event["requestId"]: event["encodedDataLength"]})
    )
    person.page.goto(address, wait_until="networkidle")
    network.detach()
    assert carried, "nothing was counted"
    return [size for size in carried.values() if size]
