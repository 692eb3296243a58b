"""What a webinar must have before it is published: little before it is held, everything with its recording."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.masterclasses.publishing import NotReady
from cms.models import WebinarPage, WebinarsPage, WebinarSpeaker
from tests.cms.webinars.conftest import AGREED, client_of
from tests.factories.accounts import UserFactory
from tests.factories.cms import (
    CAPTIONS,
    TopicFactory,
    WebinarsPageFactory,
    locale,
    sound,
    webinar,
    webinar_event,
)
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def draft(*, consent_on: date | None = AGREED, **fields: Any) -> WebinarPage:
    page = webinar(publish=False, **fields)
    page.guests = [WebinarSpeaker(name="Kari Eksempel", role="Founder", consent_on=consent_on)]
    return page


def publish(page: WebinarPage) -> None:
    page.save_revision().publish()


def test_a_coming_one_is_published_without_recording_captions_or_consent() -> None:
    page = draft(consent_on=None)
    publish(page)
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"captions": ""}, "Add captions or a transcript"),
        ({"captions": "", "video": "film"}, "Film needs captions"),
        ({"captions": CAPTIONS, "consent_on": None}, "Write when Kari Eksempel agreed to publishing"),
        ({"captions": CAPTIONS, "consent_on": "tomorrow"}, "on a day to come"),
        ({"captions": "Words.", "audio": "talk"}, "There is no cue"),
        ({"captions": CAPTIONS, "embed": "https://videos.example/film"}, "Only films at YouTube and Vimeo"),
    ],
)
def test_with_a_recording_it_is_refused_like_a_masterclass(fields: dict[str, Any], sentence: str) -> None:
    fields = {"audio": "talk", **fields}
    if fields.get("consent_on") == "tomorrow":
        fields["consent_on"] = timezone.localdate() + timedelta(days=1)
    if fields.pop("video", None):
        fields["video"] = sound("film.mp4", media_type="video/mp4")
    fields["audio"] = sound()
    page = draft(**fields)
    with pytest.raises(NotReady) as refusal:
        publish(page)
    assert sentence in refusal.value.said
    page.refresh_from_db()
    assert not page.live


def test_a_speaker_without_a_name_is_named_by_what_they_are() -> None:
    page = draft(audio=sound(), captions=CAPTIONS)
    page.guests = [WebinarSpeaker(name="", role="Head of innovation")]
    with pytest.raises(NotReady) as refusal:
        publish(page)
    assert "Write when Head of innovation agreed" in refusal.value.said


def test_nothing_is_published_without_a_topic() -> None:
    page = draft()
    page.topics.clear()
    with pytest.raises(NotReady):
        publish(page)


# --- One page for an event and a language ----------------------------------------------------------------------------


def test_an_event_has_one_page_in_a_language() -> None:
    page = webinar()
    with pytest.raises(ValidationError) as refusal:
        webinar(page.event)
    assert "has a page in this language already" in str(refusal.value)
    assert WebinarPage.objects.live().count() == 1


def test_its_translation_is_no_second_page(client: Client) -> None:
    page = webinar(title="Who pays")
    norwegian = locale("nb")
    for above in (page.get_parent().get_parent(), page.get_parent()):
        above.specific.copy_for_translation(norwegian).save_revision().publish()
    other = page.copy_for_translation(norwegian)
    other.title = "Hvem betaler"
    other.save_revision().publish()
    assert other.event_id == page.event_id
    assert "Who pays" in client.get(page.url).content.decode()
    assert "Hvem betaler" in client.get(f"/nb{page.url}").content.decode()


def test_an_event_of_another_kind_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        webinar(EventFactory(kind="workshop"))
    assert "of another kind" in str(refusal.value)


def test_an_event_with_a_page_stays() -> None:
    page = webinar()
    with pytest.raises(ProtectedError):
        page.event.delete()


# --- The editor's page -----------------------------------------------------------------------------------------------


def rows(prefix: str, *given: dict[str, str]) -> dict[str, str]:
    sent = {f"{prefix}-{name}": "0" for name in ("INITIAL_FORMS", "MIN_NUM_FORMS")}
    sent |= {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-MAX_NUM_FORMS": "1000"}
    for n, row in enumerate(given):
        sent |= {f"{prefix}-{n}-{name}": value for name, value in {"id": "", "ORDER": "1", "DELETE": "", **row}.items()}
    return sent


def sent(event: Any, *speakers: dict[str, str], **fields: str) -> dict[str, Any]:
    plain = {"title": "Who pays", "slug": "who-pays", "summary": "In short.", "level": "1", "notes": "Bring **one**."}
    plain |= {"event": str(event.pk), "topics": str(TopicFactory().pk), "action-publish": "1"}
    return {**plain, **rows("guests", *speakers), **rows("chapters"), **rows("related"), **fields}


def add(parent: WebinarsPage, data: dict[str, Any]) -> Any:
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    return client.post(reverse("wagtailadmin_pages:add", args=["cms", "webinarpage", parent.pk]), data)


def test_an_editor_announces_one() -> None:
    event = webinar_event()
    answer = add(WebinarsPageFactory(), sent(event, {"name": "", "role": "Head of innovation"}))
    assert answer.status_code == 302
    page = WebinarPage.objects.get()
    assert (page.live, page.event, page.notes_html) == (True, event, "<p>Bring <strong>one</strong>.</p>")
    assert [guest.shown for guest in page.guests.all()] == [("Head of innovation", "")]


def test_an_editor_hears_at_the_field_what_a_recording_lacks() -> None:
    speaker = {"name": "Kari Eksempel", "role": "Founder"}
    answer = add(WebinarsPageFactory(), sent(webinar_event(), speaker, audio=str(sound().pk)))
    form = answer.context["form"]
    assert "Add captions or a transcript" in str(form.errors["captions"])
    assert "agreed to publishing" in str(form.formsets["guests"].errors)
    assert form["notes"].value() == "Bring **one**."
    assert not WebinarPage.objects.exists()


def test_offered_are_webinars_nobody_has_presented_in_this_language() -> None:
    free, own, other = webinar_event(title="Free"), webinar_event(title="Own"), webinar_event(title="Taken")
    page = webinar(own)
    webinar(other)
    EventFactory(kind="delegation", title="A journey")
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert set(form.fields["event"].queryset) == {free, own}
    assert any("Free (" in label for _value, label in form.fields["event"].choices)
