"""Every kind of page, for everybody: axe finds nothing, wide and narrow, light and dark; nothing scrolls sideways.

That the console is silent and no policy was broken is checked for every page by the `someone` fixture.
"""

import functools
from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.product import Person, Product
from tests.quality.places import PLACES, Place

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]
WHERE_IT_STANDS = [
    *COLOUR,
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "button-name",
    "link-name",
    "label",
    "heading-order",
    "landmark-unique",
    "region",
    "skip-link",
]
"""What another layout of the same page can break: what is small, hidden, folded or moved."""


EVERY_WAY = {"front page", "home, full", "advisor’s desk"}
"""Where the frame of all pages is looked at in both themes at both widths: signed out, as a learner, as staff."""


@functools.cache
def axe() -> str:
    """The script; half a megabyte, put into a page once."""
    return str(Axe().axe_script)


def violations(page: Page, **which: list[str]) -> list[str]:
    """What axe minds by the rules with this `tag`, or by this `rule`; one line for each element.

    Sound and film are not fetched for it: that nothing begins to play by itself is seen by the walk over all pages.
    """
    ((sort, names),) = which.items()
    options: dict[str, Any] = {"runOnly": {"type": sort, "values": names}, "resultTypes": ["violations"]}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe())
    found = page.evaluate("options => axe.run(options)", {**options, "preload": False})["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_for_everybody(product: Product, someone: Callable[..., Person], place: Place) -> None:
    person = someone(place.role)
    place.go(product, person)
    assert faults_of(person.page, every_way=place.name in EVERY_WAY) == {}


def test_a_missing_page_is_for_everybody(operated: Product, someone: Callable[..., Person]) -> None:
    person = someone(None)
    person.expected.add(404)
    person.page.goto(f"{operated.url}/nowhere/")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("This page is not on the chart.")
    assert faults_of(person.page) == {}


def faults_of(page: Page, *, every_way: bool = False) -> dict[str, list[str]]:
    """What is wrong with a page, wide and light, narrow and dark; nothing of it for everybody.

    A colour comes from the theme and a place from the width, so that these two ways show both themes and both widths.
    With `every_way` the other two are looked at as well.
    """
    expect(page.locator("h1")).to_be_visible()
    faults = {"wide, light": violations(page, tag=STANDARDS)}
    show(page, width=390, theme="dark")
    faults["narrow, dark"] = violations(page, rule=WHERE_IT_STANDS)
    if sideways := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
        faults["narrow, dark"].append(f"scrolls sideways by {sideways} px")
    if every_way:
        show(page, width=1280, theme="dark")
        faults["wide, dark"] = violations(page, rule=COLOUR)
        show(page, width=390, theme="light")
        faults["narrow, light"] = violations(page, rule=COLOUR)
    return {kind: found for kind, found in faults.items() if found}


def show(page: Page, *, width: int, theme: Literal["dark", "light"]) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colour half-way to another
    page.set_viewport_size({"width": width, "height": 844})
