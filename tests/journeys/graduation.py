"""The story of the foundation course, from the front page to the last lesson. What comes after it, the cluster does."""

from dataclasses import dataclass, field

import requests
from playwright.sync_api import Page, expect

from tests.journeys.learning import COURSE, DONE, FIRST, pass_every_quiz, reads, sign_up
from tests.product import Person, Product

NAME = "Solveig Nykommer"
TITLE = "USA Next: foundations of the US health market"


@dataclass
class Graduate:
    """Somebody who has just learned a whole course. `home` is what their home said at several points."""

    person: Person
    address: str
    lessons: int
    quizzes: int = 0
    worksheets: int = 0
    recordings: list[str] = field(default_factory=list)
    home: list[str] = field(default_factory=list)


def graduate_from(product: Product, person: Person) -> Graduate:
    page = person.page
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    page.wait_for_url(f"**{COURSE}")
    count = page.locator("main details li").count()
    graduate = Graduate(person, sign_up(product, person, name=NAME), lessons=count)
    graduate.home.append(see_home(page))
    page.get_by_role("main").get_by_role("link", name="See the courses").click()
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Start the course").click()
    page.wait_for_url(f"**{FIRST}")
    for number in range(1, count + 1):
        learn(graduate, page)
        if number in (1, count // 2):
            graduate.home.append(see_home(page))
            page.get_by_role("link", name="Continue").first.click()
            page.wait_for_url(f"**{COURSE}**")
    reads(page, "Completed")
    expect(page.locator(".toasts")).to_contain_text("Your certificate is being made")
    graduate.home.append(see_home(page))
    return graduate


def learn(graduate: Graduate, page: Page) -> None:
    """One lesson: listen, answer, write, mark as done."""
    for source in page.locator("audio").evaluate_all("all => all.map(one => one.currentSrc || one.src)"):
        graduate.recordings.append(source)
    graduate.quizzes += pass_every_quiz(page)
    if graduate.worksheets == 0 and page.locator("section[id^=worksheet-]").count():
        write(page)
        graduate.worksheets += 1
    here = page.url
    page.get_by_role("button", name=DONE).click()
    page.wait_for_url(lambda url: url.split("#")[0] != here.split("#")[0])


def write(page: Page) -> None:
    """Save a worksheet."""
    sheet = page.locator("section[id^=worksheet-]").first
    for number, box in enumerate(sheet.locator("input[type=text], textarea").all()):
        box.fill(f"Minnesota, because we know a clinician there ({number}).")
    sheet.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("section[id^=worksheet-]").first.get_by_role("status").first).to_contain_text("Saved")


def see_home(page: Page) -> str:
    """The words of the learner's home."""
    page.locator(".site-header").get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME.split()[0])
    return page.get_by_role("main").inner_text()


def first_bytes(person: Person, address: str) -> requests.Response:
    """What a player asks first: the beginning of the recording."""
    cookies = {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}
    return requests.get(address, headers={"Range": "bytes=0-1023"}, cookies=cookies, timeout=20)
