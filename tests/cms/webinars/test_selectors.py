"""Webinars among what visitors find: in hubs, in search, by the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms.models import WebinarSpeaker
from cms.presenting.actions import keep_up
from cms.public_cache import pages
from cms.rules import ANYBODY, Kind, Visitor
from cms.webinars import selectors
from tests.cms.webinars.conftest import AGREED, held, live, many
from tests.factories.accounts import ClusterFactory
from tests.factories.cms import TopicFactory, WebinarsPageFactory, locale, masterclass, webinar, webinar_event

pytestmark = pytest.mark.django_db


def test_a_coming_one_is_a_webinar_dated_where_it_is_held() -> None:
    begins = datetime(2027, 3, 12, 23, 30, tzinfo=UTC)
    session = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    event = webinar_event(sessions=[session], time_zone="Europe/Oslo")
    page = webinar(event, level=2)
    (item,) = selectors.items("en")
    assert (item.key, item.kind, item.level) == (f"webinar-{page.pk}", Kind.WEBINAR, 2)
    assert item.date is not None
    assert item.date.isoformat() == "2027-03-13"
    assert "00:30 CET" in item.size
    assert item.topics == {topic.pk for topic in page.topics.all()}


def test_one_that_was_is_a_recording_once_there_is_one() -> None:
    held()
    webinar(webinar_event(days=-1))
    (item,) = selectors.items("en")
    assert (item.kind, item.size) == (Kind.RECORDING, "1 min")


def test_the_event_says_whom_it_is_for() -> None:
    cluster = ClusterFactory()
    live(webinar_event(visibility="clusters", clusters=[cluster]), title="clusters")
    live(webinar_event(visibility="members"), title="members")
    live(webinar_event(), title="everyone")
    live(webinar_event(visibility="invited"), title="invited")
    people = {
        ANYBODY: {"everyone"},
        Visitor(signed_in=True): {"everyone"},
        Visitor(signed_in=True, is_member=True): {"everyone", "members"},
        Visitor(signed_in=True, is_member=True, clusters=frozenset({cluster.pk})): {"everyone", "members", "clusters"},
        Visitor(signed_in=True, works_here=True): {"everyone", "members", "clusters"},
    }
    items = list(selectors.items("en"))
    for person, sees in people.items():
        assert {item.title for item in items if person.may_see(item.access)} == sees


def test_norwegian_readers_find_one_of_two_pages_about_an_event() -> None:
    page = webinar(title="Who pays")
    norwegian = locale("nb")
    page.get_parent().get_parent().specific.copy_for_translation(norwegian).save_revision().publish()
    page.get_parent().specific.copy_for_translation(norwegian).save_revision().publish()
    other = page.copy_for_translation(norwegian)
    other.title = "Hvem betaler"
    other.save_revision().publish()
    assert [item.title for item in selectors.items("en")] == ["Who pays"]
    assert [item.title for item in selectors.items("nb")] == ["Hvem betaler"]


def test_what_is_said_is_found_to_the_second_once_it_can_be_heard() -> None:
    page = held(days=7, size=20, title="Who pays", notes="About **budgets**.")
    texts = [passage for _key, passage in selectors.passages("en")]
    assert [text.text for text in texts][:4] == [
        "Who pays",
        "In short.",
        "Kari Eksempel, Founder of an example",
        "About budgets .",
    ]
    assert all(passage.start is None for passage in texts)
    with time_machine.travel(page.event.ends_at, tick=False):
        said = [passage for _key, passage in selectors.passages("en") if passage.start is not None]
    assert [passage.start for passage in said] == [0, 30, 60, 90]
    assert said[1].url == f"{page.url}#t=30"


def test_a_speaker_without_a_name_is_found_by_what_they_are() -> None:
    live(guests=[WebinarSpeaker(name="", role="Head of innovation", consent_on=AGREED)])
    assert "Head of innovation" in [passage.text for _key, passage in selectors.passages("en")]


def test_the_hub_has_the_next_one_first_and_the_recording_afterwards(client: Client) -> None:
    topic = TopicFactory(slug="market")
    masterclass(topics=[topic], title="A talk")
    page = held(days=2, topics=[topic], title="The webinar")

    def hub() -> str:
        pages.clear()
        return client.get("/topics/market/").content.decode()

    html = hub()
    assert html.index("The webinar") < html.index("A talk")
    assert ">Webinar<" in html
    with time_machine.travel(page.event.ends_at + timedelta(minutes=1), tick=False):
        keep_up()
        html = hub()
    assert ">Recording<" in html
    assert ">Webinar<" not in html


@pytest.mark.parametrize("size", [3, 30])
def test_finding_costs_the_same_for_any_number(size: int, django_assert_max_num_queries: Any) -> None:
    many(WebinarsPageFactory(), size)
    list(selectors.items("en"))  # Wagtail learns the sites
    with django_assert_max_num_queries(5):
        assert len(list(selectors.items("en"))) == size
    with django_assert_max_num_queries(5):
        assert len(list(selectors.passages("en"))) == 2 * size
