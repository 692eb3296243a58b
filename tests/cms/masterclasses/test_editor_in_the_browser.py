"""An editor from upload to a subscriber's feed, in a real browser."""

import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
import requests
from playwright.sync_api import Page, expect

from cms.masterclasses.captions import cues
from cms.models import MasterclassPage
from tests.cms.masterclasses.test_subtitles import SRT
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.cms import MasterclassesPageFactory, TopicFactory
from tests.factories.media import mp3

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_uploads_sound_is_refused_without_consent_and_publishes(
    page: Page, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # a draft on its way when a hand as fast as this one publishes is two pages
    page.set_default_timeout(30_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    TopicFactory(title="Production")
    parent = MasterclassesPageFactory()
    editor = UserFactory.create(is_staff=True, is_superuser=True)
    talk = tmp_path / "talk.mp3"
    talk.write_bytes(mp3(30))

    page.goto(f"{live_server.url}/admin/pages/add/cms/masterclasspage/{parent.pk}/")
    page.get_by_label("E-mail").fill(editor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.locator("#id_title").fill("Calm pays")
    page.locator("#id_summary").fill("Who pays for a calm ward.")
    page.get_by_label("Production").check()
    page.locator("#panel-child-content-recording-section").get_by_role("button", name="Choose a document").first.click()
    page.get_by_role("tab", name="Upload").click()
    page.locator("#id_document-chooser-upload-file").set_input_files(talk)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#id_audio")).not_to_have_value("", timeout=30_000)
    page.locator("#id_captions").fill(SRT)
    page.get_by_role("button", name="Add guest").click()
    page.locator("#id_guests-0-name").fill("Demo Founder")
    page.locator("#id_guests-0-role").fill("Founder")

    publish(page)
    expect(page.get_by_text("Write when Demo Founder agreed to publishing.").first).to_be_visible(timeout=30_000)
    expect(page.locator("#id_title")).to_have_value("Calm pays")
    assert "Who pays for" in page.locator("#id_captions").input_value()
    expect(page.get_by_label("Production")).to_be_checked()
    assert not MasterclassPage.objects.filter(live=True).exists()

    page.locator("#id_guests-0-consent_on").fill("2026-01-15")
    page.locator("#id_guests-0-consent_on").press("Escape")
    publish(page)
    expect(page.get_by_text(re.compile("(has been|created and) published")).first).to_be_visible(timeout=30_000)
    made = MasterclassPage.objects.get()
    assert made.live
    assert made.audio.duration == 30
    assert len(cues(made.captions)) == 2
    assert complaints == []

    feed = feedparser.parse(requests.get(f"{live_server.url}/podcast/feed.xml", timeout=30).content)
    assert [(entry.title, entry.enclosures[0].type) for entry in feed.entries] == [("Calm pays", "audio/mpeg")]


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).last.click()
