"""Every kind of page, for everybody: axe finds nothing, wide and narrow, light and dark; nothing scrolls sideways.

That the console is silent and no policy was broken is checked for every page by the `visitor` fixture.
"""

import functools
from collections.abc import Callable
from typing import Any

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
WITHOUT_FRAME = {"exclude": [[".site-header"], [".site-footer"]]}
"""All pages share the frame: a third of what there is to look at, and looked at where it differs."""


@functools.cache
def axe() -> str:
    """The script; half a megabyte, put into a page once."""
    return str(Axe().axe_script)


def violations(page: Page, framed: bool, **which: list[str]) -> list[str]:
    """What axe minds by the rules with this `tag`, or by this `rule`; one line for each element.

    Sound and film are not fetched for it: that nothing begins to play by itself is seen by the walk over all pages.
    """
    ((sort, names),) = which.items()
    options: dict[str, Any] = {"runOnly": {"type": sort, "values": names}, "resultTypes": ["violations"]}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe())
    where = None if framed else WITHOUT_FRAME
    ask = "([where, options]) => axe.run(where || document, options)"
    found = page.evaluate(ask, [where, {**options, "preload": False}])["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_for_everybody(product: Product, visitor: Callable[[str | None], Person], place: Place) -> None:
    person = visitor(place.role)
    place.go(product, person)
    assert faults_of(person.page, place.folds, place.framed) == {}


@pytest.mark.parametrize("framed", [True, False])
def test_a_fault_is_found_and_in_the_frame_where_it_is_looked_at(visitor: Callable[[str | None], Person], framed: bool):
    page = visitor(None).page
    page.goto("/accounts/login/")
    for where in ("main", ".site-header", ".site-footer"):
        page.locator(where).evaluate("place => place.append(document.createElement('img'))")
    assert len(violations(page, framed, rule=["image-alt"])) == (3 if framed else 1)


def test_a_missing_page_is_for_everybody(operated: Product, visitor: Callable[[str | None], Person]) -> None:
    person = visitor(None)
    person.expected.add(404)
    person.page.goto(f"{operated.url}/nowhere/")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("This page is not on the chart.")
    assert faults_of(person.page, framed=True) == {}


def faults_of(page: Page, folds: bool = False, framed: bool = False) -> dict[str, list[str]]:
    """What is wrong with a page, wide and light, narrow and dark; nothing of it for everybody.

    Where a page `folds`, what shows in one width alone is also looked at in the colours that it has then. Its header
    and footer are looked at where it is `framed`.
    """
    expect(page.locator("h1")).to_be_visible()
    faults = {"wide, light": violations(page, framed, tag=STANDARDS)}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour half-way to another
    if folds:
        faults["wide, dark"] = violations(page, framed, rule=COLOUR)
    page.set_viewport_size({"width": 390, "height": 844})
    faults["narrow, dark"] = violations(page, framed, rule=WHERE_IT_STANDS)
    if sideways := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
        faults["narrow, dark"].append(f"scrolls sideways by {sideways} px")
    if folds:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        faults["narrow, light"] = violations(page, framed, rule=COLOUR)
    return {kind: found for kind, found in faults.items() if found}
