"""The front page is light: what a first visit on a slow line has to carry."""

from collections.abc import Callable

import pytest

from tests.product import Person, Product

pytestmark = [pytest.mark.xdist_group("product"), pytest.mark.browser]

MOST_BYTES = 100_000
MOST_REQUESTS = 8


def test_the_front_page_is_light(product: Product, someone: Callable[..., Person]) -> None:
    """Counted by the browser itself, as sent over the line. Nothing is compressed here; a proxy would make it less."""
    person = someone(None)
    requests = person.context.new_cdp_session(person.page)
    requests.send("Network.enable")
    carried: dict[str, int] = {}
    requests.on(
        "Network.loadingFinished", lambda event: carried.update({event["requestId"]: event["encodedDataLength"]})
    )
    person.page.goto("/", wait_until="networkidle")
    assert carried, "nothing was counted"
    assert len(carried) <= MOST_REQUESTS
    assert sum(carried.values()) <= MOST_BYTES
