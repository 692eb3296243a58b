"""A webinar that was, with its recording; and people who look at it."""

from datetime import date
from typing import Any

from django.test import Client

from cms.models import WebinarChapter, WebinarPage, WebinarsPage, WebinarSpeaker
from cms.public_cache import pages
from cms.published import bump
from lms.accounts.models import User
from lms.events.models import Event
from tests.cms.masterclasses.conftest import captions
from tests.factories.accounts import UserFactory
from tests.factories.cms import TopicFactory, WebinarsPageFactory, a_home, sound, webinar_event

AGREED = date(2026, 1, 1)


def live(event: Event | None = None, *, size: int = 0, **fields: Any) -> WebinarPage:
    """A page as it stands once it is published, with so many chapters; what publishing asks is not asked here."""
    parent = WebinarsPage.objects.first() or WebinarsPageFactory(parent=a_home())
    number = WebinarPage.objects.count()
    several = {name: fields.pop(name, []) for name in ("guests", "documents", "topics")}
    plain = {"title": f"Webinar {number}", "slug": f"webinar-{number}", "summary": "In short."}
    page = WebinarPage(locale=parent.locale, event=event or webinar_event(), **{**plain, **fields})
    page.chapters = [WebinarChapter(start=n * 5, title=f"Chapter {n}") for n in range(size)]
    page.guests, page.documents = several["guests"], several["documents"]
    page.topics = several["topics"] or [TopicFactory()]
    parent.add_child(instance=page)
    pages.clear()
    bump()
    return page


def held(*, size: int = 3, days: float = -7, **fields: Any) -> WebinarPage:
    """A published webinar that was, with a recording of so many cues and chapters."""
    guest = WebinarSpeaker(name="Kari Eksempel", role="Founder of an example", consent_on=AGREED)
    plain = {"audio": sound(duration=size * 5), "captions": captions(size), "guests": [guest]}
    event = fields.pop("event", None) or webinar_event(days=days)
    return live(event, size=size, **{**plain, **fields})


def many(parent: WebinarsPage, size: int) -> None:
    """That many published webinars, made at once."""
    owner, topic = UserFactory(), TopicFactory()
    for n in range(size):
        event = webinar_event(owner=owner)
        page = WebinarPage(title=f"Another {n}", slug=f"another-{n}", summary="In short.", event=event)
        page.locale, page.topics = parent.locale, [topic]
        parent.add_child(instance=page)
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
