"""A newcomer learns the foundation course at the real product and holds a certificate: web, cluster, mail."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.graduation import NAME, Graduate, first_bytes
from tests.journeys.learning import questions
from tests.product import Person, Product

pytestmark = pytest.mark.browser

SWEPT_WITHIN = 150
"""Seconds: two sweeps, each once a minute, looked for every half minute."""


def test_a_newcomer_learns_the_course(graduate: Graduate) -> None:
    before, early, halfway, after = graduate.home
    assert graduate.lessons >= 15
    assert graduate.quizzes >= graduate.lessons // 2
    assert len(questions()) >= graduate.quizzes
    assert graduate.worksheets == 1
    assert "You are in no course yet" in before
    assert f"1 of {graduate.lessons} lessons" in early
    assert "Continue with lesson 1.2" in early
    assert f"{graduate.lessons // 2} of {graduate.lessons} lessons" in halfway
    assert "Everything you have started is done." in after


def test_a_recording_plays_from_any_place(graduate: Graduate) -> None:
    assert graduate.recordings, "no lesson had a recording"
    answer = first_bytes(graduate.person, graduate.recordings[0])
    assert answer.status_code == 206
    assert len(answer.content) == 1024
    assert answer.headers["Content-Type"].startswith("audio/")
    assert re.fullmatch(r"bytes 0-1023/\d+", answer.headers["Content-Range"])


@pytest.mark.waits_for_the_cluster
def test_the_cluster_gives_the_certificate(
    product: Product, graduate: Graduate, someone: Callable[..., Person]
) -> None:
    def mailed() -> str:
        texts = [letter.get_body(("plain",)).get_content() for letter in product.letters(graduate.address)]  # type: ignore[union-attr]
        found = re.search(r"http://\S+/certificates/[-0-9a-f]+/", "\n".join(texts))
        return found[0] if found else ""

    address = product.until(mailed, within=SWEPT_WITHIN, what="the certificate is issued and mailed")
    stranger = someone(None).page
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(stranger.get_by_role("main")).to_contain_text("Valid")
    home = graduate.person.page
    home.goto("/me/")
    expect(home.get_by_role("heading", name="Certificates")).to_be_visible()
    home.get_by_role("main").locator("aside a[href*=certificates]").click()
    expect(home).to_have_url(address)
