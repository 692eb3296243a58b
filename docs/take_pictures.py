"""Take the handbooks' pictures anew from a running demo, which it only looks at:

    make run PORT=8000                                                  (in another terminal, with a fresh DATA_DIR)
    .venv/bin/python docs/take_pictures.py http://localhost:8000

Needs the development packages and Chromium. Pictures have at most 256 colours, so that all of them stay small.
"""

import argparse
import io
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
PASSWORD = "landfall-demo"  # noqa: S105 - told to everybody who runs the demo
COURSE = "/courses/usa-next-foundations/"
LESSON = f"{COURSE}how-care-is-organised/fifty-states/"
COHORT = "/cohorts/usa-next-demo/"
WIDE, PHONE = (1280, 860), (390, 780)


def as_it_stands(page: Page) -> None:
    """Nothing to do before the picture."""


def at(selector: str, *, above: int = 24) -> Callable[[Page], None]:
    """Scroll until the element stands at the top of the picture."""

    def scroll(page: Page) -> None:
        element = page.locator(selector).first
        element.evaluate("(it, above) => scrollTo(0, it.getBoundingClientRect().top + scrollY - above)", above)

    return scroll


def follow(selector: str, then: Callable[[Page], None] = as_it_stands) -> Callable[[Page], None]:
    """Follow the first such link. It may take two minutes to appear: a fresh demo has certificates still to issue."""

    def go(page: Page) -> None:
        for _attempt in range(40):
            if page.locator(selector).count():
                break
            page.wait_for_timeout(3000)
            page.reload()
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
        then(page)

    return go


def open_in_editor(*names: str, then: Callable[[Page], None] = as_it_stands) -> Callable[[Page], None]:
    """From the list of all pages go down to a page by its titles, and open it for editing."""

    def go(page: Page) -> None:
        page.goto(f"{page.url.split('/admin/')[0]}/admin/pages/search/?q={names[0]}")
        page.get_by_role("link", name=names[-1]).first.click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)  # the editor builds its fields by script
        then(page)

    return go


def to_the_quiz(page: Page) -> None:
    """The first answers of the first question, with what each is worth."""
    page.locator("label", has_text="worth in per cent").first.scroll_into_view_if_needed()
    page.locator("label", has_text="answers").first.evaluate("it => it.scrollIntoView({block: 'start'})")
    page.mouse.wheel(0, -70)


def ask_for_a_move(page: Page) -> None:
    """Ask for the next stage without a reason where something is missing: refused, and nothing changes."""
    page.get_by_label("Drafting").check()
    page.get_by_role("button", name="Move").click()
    page.get_by_text("write a reason").wait_for()
    page.wait_for_timeout(500)
    page.evaluate("scrollTo(0, 0)")


PICTURES: dict[str, tuple[str, str, tuple[int, int], Callable[[Page], None]]] = {
    "front": ("", "/", WIDE, as_it_stands),
    "topic": ("", "/topics/market-access-norway/", WIDE, as_it_stands),
    "masterclass": ("", "/masterclasses/market-access-norway/", (1280, 1400), as_it_stands),
    "course": ("learner", COURSE, WIDE, as_it_stands),
    "catalogue": ("learner", "/courses/?level=intermediate&level=advanced", WIDE, as_it_stands),
    "home": ("learner", "/me/", (1280, 1100), as_it_stands),
    "lesson-phone": ("learner", LESSON, PHONE, as_it_stands),
    "quiz": ("learner", LESSON, WIDE, at("section.quiz")),
    "worksheet": ("learner", LESSON, WIDE, at("section:has(> h2:text-matches('^Worksheet'))")),
    "events": ("company", "/events/", WIDE, as_it_stands),
    "delegation": ("company", "/delegations/minneapolis/", (1280, 1400), as_it_stands),
    "readiness": ("company", "/readiness/", (1280, 1400), follow("a[href*='/readiness/reports/']")),
    "event-edit": (
        "advisor",
        "/events/organise/",
        (1280, 1400),
        follow("main h2 a", follow("nav a:text-is('Change the event')")),
    ),
    "registrations": (
        "advisor",
        "/events/organise/",
        (1280, 1000),
        follow("a:has-text('Working group')"),
    ),
    "company": ("company", "/company/", (1280, 1100), as_it_stands),
    "path": ("company", "/path/", (1280, 1000), as_it_stands),
    "seats": ("company", "/company/seats/", (1280, 900), as_it_stands),
    "sign-in": ("company", "/accounts/sign-in/", WIDE, as_it_stands),
    "certificate": ("outsider", "/me/", WIDE, follow("a[href*='/certificates/']")),
    "advisor": ("advisor", "/advisor/", WIDE, as_it_stands),
    "evidence": ("advisor", "/evidence/", WIDE, as_it_stands),
    "path-adjust": (
        "advisor",
        COHORT,
        WIDE,
        follow("a:text-is('Example Medtech AS')", follow("main a[href*='/path/']", at("h2:text-is('Add a course')"))),
    ),
    "cohort": ("advisor", COHORT, WIDE, as_it_stands),
    "move": ("advisor", COHORT, WIDE, follow("a:text-is('Example Digital Health AS')", ask_for_a_move)),
    "editor-desk": ("moderator", "/admin/", WIDE, as_it_stands),
    "editor-masterclass": (
        "editor",
        "/admin/masterclasses/",
        WIDE,
        follow(
            "a:has-text('How to build a healthy business')", at("#panel-child-content-recording-section", above=120)
        ),
    ),
    "editor": ("moderator", "/admin/", WIDE, open_in_editor("agencies", "The agencies")),
    "editor-quiz": ("moderator", "/admin/", WIDE, open_in_editor("agencies", "The agencies", then=to_the_quiz)),
    "editor-menu": ("moderator", "/admin/settings/cms/sitesettings/", WIDE, as_it_stands),
}
"""Name: who looks (nobody: a visitor), where, how large a window, and what to do there first."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", help="of a running demo, such as http://localhost:8000")
    parser.add_argument("names", nargs="*", help=f"which pictures; all when none is named: {', '.join(PICTURES)}")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in arguments.names or PICTURES:
            take(browser, arguments.address.rstrip("/"), name)
        browser.close()
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures, {size // 1000} kB together.\n")
    return 0


def take(browser: Browser, address: str, name: str) -> None:
    who, path, (width, height), first = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    if who:
        page.goto(f"{address}/accounts/login/")
        page.fill("[name=login]", f"{who}@demo.example")
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/(me|advisor)/$"))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    first(page)
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(256, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    raise SystemExit(main())
