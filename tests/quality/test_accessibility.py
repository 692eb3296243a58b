"""Every kind of page, for everybody: axe finds nothing, wide and narrow, light and dark; nothing scrolls sideways.

That the console is silent and no policy was broken is checked for every page by the `someone` fixture.
"""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.product import Person, Product
from tests.quality.places import PLACES, Place

pytestmark = [pytest.mark.xdist_group("product"), pytest.mark.browser]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]


@functools.cache
def axe() -> Axe:
    return Axe()


def violations(page: Page, **which: list[str]) -> list[str]:
    """What axe minds by the rules with this `tag`, or by this `rule`; one line for each element."""
    ((sort, names),) = which.items()
    options: dict[str, Any] = {"runOnly": {"type": sort, "values": names}, "resultTypes": ["violations"]}
    found = axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_for_everybody(product: Product, someone: Callable[..., Person], place: Place) -> None:
    person = someone(place.role)
    person.expected.add(place.status)
    page = person.page
    place.go(product, person)
    expect(page.locator("h1")).to_be_visible()
    faults = {"wide, light": violations(page, tag=STANDARDS)}
    page.emulate_media(color_scheme="dark")
    faults["wide, dark"] = violations(page, rule=COLOUR)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    faults["narrow"] = violations(page, tag=STANDARDS)
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {kind: found for kind, found in faults.items() if found} == {}
    assert sideways <= 0, f"{place.name} scrolls sideways by {sideways} px at 390 px"
