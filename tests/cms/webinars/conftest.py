"""A webinar that was, with its recording; and people who look at it."""

from datetime import date
from typing import Any

from django.test import Client

from cms.models import WebinarChapter, WebinarPage, WebinarsPage, WebinarSpeaker
from cms.published import bump
from lms.accounts.models import User
from tests.cms.masterclasses.conftest import captions
from tests.factories.accounts import UserFactory
from tests.factories.cms import TopicFactory, sound, webinar, webinar_event

AGREED = date(2026, 1, 1)


def held(*, size: int = 3, days: float = -7, **fields: Any) -> WebinarPage:
    """A published webinar that was, with a recording of so many cues and chapters."""
    fields = {"audio": sound(duration=size * 5), "captions": captions(size), **fields}
    event = fields.pop("event", None) or webinar_event(days=days)
    page = webinar(event, publish=False, **fields)
    page.chapters = [WebinarChapter(start=n * 5, title=f"Chapter {n}") for n in range(size)]
    page.guests = [WebinarSpeaker(name="Kari Eksempel", role="Founder of an example", consent_on=AGREED)]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def many(parent: WebinarsPage, size: int) -> None:
    """That many published webinars, made at once."""
    owner, topic = UserFactory(), TopicFactory()
    for n in range(size):
        event = webinar_event(owner=owner)
        page = WebinarPage(title=f"Another {n}", slug=f"another-{n}", summary="In short.", event=event)
        page.locale = parent.locale
        parent.add_child(instance=page)
        page.topics.set([topic])
        page.save()
    bump()


def client_of(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def words(page: WebinarPage, person: User | None = None) -> str:
    answer = client_of(person).get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()
