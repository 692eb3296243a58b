"""The player as listeners use it: by keyboard alone, on two devices, without scripts, with a session that was lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms.models import Listening, MasterclassPage
from lms.accounts.models import User
from tests.cms.masterclasses.conftest import captions, playable
from tests.factories.accounts import UserFactory
from tests.factories.cms import masterclass
from tests.quality.test_accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIME = "document.querySelector('audio').currentTime"
Opens = Callable[..., Page]


@pytest.fixture
def talk(transactional_db: None) -> MasterclassPage:
    """A minute of sound: twenty cues of three seconds, chapters at 0, 21 and 42."""
    page = masterclass(publish=False, title="A calm ward", captions=captions(20, seconds=3), audio=playable(60))
    for start, title in [(0, "Two people"), (21, "The question"), (42, "If they did it again")]:
        page.chapters.create(start=start, title=title)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def opened(browser: Browser, live_server: Any, talk: MasterclassPage) -> Iterator[Opens]:
    """Open the talk in a browser of its own: as nobody or a person, with or without scripts, at a second (`#t=9`)."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_it(person: User | None = None, *, script: bool = True, at: str = "") -> Page:
        context = browser.new_context(java_script_enabled=script, reduced_motion="reduce", locale="en-GB")
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(live_server.url + talk.url + at)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def reaches(page: Page, what: str) -> None:
    page.wait_for_function(f"() => {what}", timeout=10_000)


def kept(page: Page, press: str) -> None:
    """Press a key that stops the sound, and wait until the server has answered."""
    with page.expect_response(lambda answer: answer.url.endswith("/place/")) as answered:
        page.keyboard.press(press)
    assert answered.value.status == 204


def test_a_listener_with_a_keyboard(opened: Opens) -> None:
    page = opened()
    play = page.get_by_role("button", name="Play", exact=True)
    play.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    reaches(page, f"{TIME} > 0.2")
    page.keyboard.press("l")
    page.keyboard.press("ArrowRight")
    reaches(page, f"{TIME} > 20.2")
    page.keyboard.press("j")
    reaches(page, f"{TIME} < 15")
    page.keyboard.press(">")
    page.keyboard.press("]")
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    expect(page.get_by_role("status").filter(has_text="Speed 1.5")).to_be_attached()
    page.keyboard.press("m")
    assert page.evaluate("document.querySelector('audio').muted") is True
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-caption]")).to_contain_text("Words number")
    page.keyboard.press("k")
    expect(play).to_be_focused()
    stopped = page.evaluate(TIME)
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Picked up where you left off today.")).to_be_visible()
    assert abs(page.evaluate(TIME) - stopped) <= 1


def test_chapters_and_words_lead_to_their_second(opened: Opens) -> None:
    page = opened()
    last = page.get_by_role("link", name="If they did it again")
    last.focus()
    page.keyboard.press("Enter")
    reaches(page, f"{TIME} >= 42")
    expect(last).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("Now: chapter 3 of 3")).to_be_visible()
    assert page.url.endswith("#t=42")
    transcript = page.get_by_role("region", name="Transcript")
    expect(transcript.locator(".cue[aria-current]")).to_be_in_viewport()
    assert transcript.evaluate("box => box.scrollTop") > 0
    page.keyboard.press("k")
    words = transcript.locator(".cue[aria-current] a")
    words.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Play from 0:39")).to_be_focused()
    page.keyboard.press("Enter")
    reaches(page, f"{TIME} >= 39 && {TIME} < 42")
    expect(page.get_by_role("link", name="The question")).to_have_attribute("aria-current", "true")


def test_keys_stay_out_of_form_fields_and_the_slider_says_where_it_is(opened: Opens) -> None:
    page = opened()
    page.get_by_label("Speed").focus()
    page.keyboard.press("l")
    page.keyboard.press("k")
    assert page.evaluate(TIME) == 0
    page.get_by_label("Follow the sound").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Follow the sound")).not_to_be_checked()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Follow the sound")).not_to_be_checked()
    slider = page.get_by_role("slider", name="Position in the recording")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "20 seconds of 1 minute")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Position", exact=True)).to_have_text("0:30 of 1:00")
    widths = [int(rect.get_attribute("width") or 0) for rect in page.locator("[data-to]").all()]
    assert widths[0] > widths[1] > widths[2] == 0


def test_it_is_for_everybody_and_the_transcript_lets_readers_read(opened: Opens) -> None:
    page = opened()
    page.get_by_role("button", name="Captions").click()
    expect(page.locator("[data-caption]")).to_contain_text("Words number 0.")
    assert faults_of(page) == {}
    transcript = page.get_by_role("region", name="Transcript")
    transcript.hover()
    page.mouse.wheel(0, 200)
    reaches(page, "document.querySelector('[data-transcript]').scrollTop > 100")
    where = transcript.evaluate("box => box.scrollTop")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    reaches(page, "document.querySelector('[data-start=\"3\"].cue').hasAttribute('aria-current')")
    assert transcript.evaluate("box => box.scrollTop") == where


def test_an_address_with_a_second_begins_there(opened: Opens) -> None:
    person = UserFactory()
    first = opened(person)
    first.get_by_role("button", name="Play", exact=True).press("Enter")
    first.keyboard.press("l")
    reaches(first, f"{TIME} > 10.2")
    kept(first, "k")
    page = opened(person, at="#t=33")
    expect(page.get_by_label("Position", exact=True)).to_have_text("0:33 of 1:00")
    expect(page.get_by_text("Picked up")).to_be_hidden()
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    reaches(page, f"{TIME} > 33.1")


def test_going_on_at_another_device(opened: Opens, talk: MasterclassPage) -> None:
    person = UserFactory()
    here = opened(person)
    here.get_by_role("button", name="Play", exact=True).press("Enter")
    here.keyboard.press("l")
    here.keyboard.press("l")
    reaches(here, f"{TIME} > 20.5")
    kept(here, "k")
    place = Listening.objects.get(user=person, page=talk)
    assert place.position in (20, 21)
    there = opened(person)
    expect(there.get_by_text("Picked up where you left off today.")).to_be_visible()
    expect(there.get_by_label("Position", exact=True)).to_have_text(f"0:{place.position} of 1:00")
    there.get_by_role("button", name="Play", exact=True).press("Enter")
    reaches(there, f"{TIME} > 20.6")
    assert there.evaluate("localStorage.length") == 1, "the speed, and no place, of somebody who is signed in"
    expect(opened(UserFactory()).get_by_label("Position", exact=True)).to_have_text("0:00 of 1:00")


def test_what_is_heard_to_the_end_begins_again(opened: Opens) -> None:
    person = UserFactory()
    page = opened(person, at="#t=59")
    with page.expect_response(lambda answer: answer.url.endswith("/place/")):
        page.get_by_role("button", name="Play", exact=True).press("Enter")
    assert Listening.objects.get().finished_at is not None
    expect(opened(person).get_by_label("Position", exact=True)).to_have_text("0:00 of 1:00")


def test_a_lost_session_is_no_trouble(opened: Opens) -> None:
    page = opened(UserFactory())
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    page.keyboard.press("l")
    reaches(page, f"{TIME} > 10.2")
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(lambda answer: answer.url.endswith("/place/")):
        page.keyboard.press("k")
    page.keyboard.press("k")
    reaches(page, f"{TIME} > 10.5")
    page.keyboard.press("k")
    reaches(page, "Object.keys(localStorage).some((name) => name.startsWith('place:'))")
    assert not Listening.objects.exists()


def test_a_recording_that_cannot_be_played_says_so(opened: Opens, talk: MasterclassPage) -> None:
    assert talk.audio is not None
    talk.audio.file.storage.delete(talk.audio.file.name)
    talk.audio.file.storage.save(talk.audio.file.name, ContentFile(b"no sound at all"))
    page = opened()
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(page.get_by_text("The recording cannot be played here.")).to_be_visible()


def test_without_scripts(opened: Opens) -> None:
    page = opened(script=False)
    assert page.locator("audio").get_attribute("controls") is not None
    assert (page.locator("audio").bounding_box() or {})["width"] > 200
    expect(page.get_by_text("Space plays and pauses")).to_have_count(0)
    expect(page.get_by_text("Words number 0.")).to_be_visible()
    page.get_by_role("link", name="If they did it again").click()
    expect(page.get_by_text("Words number 14.")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Download WAV")).to_be_visible()


def test_film_elsewhere_is_for_everybody(page: Page, live_server: Any, transactional_db: None) -> None:
    film = masterclass(embed="https://youtu.be/abc_DEF-123", captions=captions(20))
    asked: list[str] = []
    page.route("https://**", lambda route: (asked.append(route.request.url), route.abort())[1])
    page.goto(live_server.url + film.url)
    assert faults_of(page) == {}
    assert asked == []
    page.get_by_role("link", name="Play the video from YouTube").press("Enter")
    expect(page.locator("iframe")).to_have_attribute("title", film.title)
