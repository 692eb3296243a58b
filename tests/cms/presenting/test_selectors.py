"""Which topics presented events stand under."""

from typing import Any

import pytest

from cms.diary.topics_of import topics_of
from cms.models import DelegationPage
from cms.presenting.selectors import topics_of_events
from tests.factories.cms import TopicFactory, delegation, webinar
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def journey(*topics: Any) -> DelegationPage:
    page = delegation(publish=False)
    page.topics.set(topics)
    page.save_revision().publish()
    return page


def test_webinars_and_delegations_in_one_query(django_assert_num_queries: Any) -> None:
    one, two = TopicFactory(), TopicFactory()
    talk, trip = webinar(topics=[one, two]).event_id, journey(two).event_id
    bare, other = delegation().event_id, webinar(topics=[one]).event_id
    unknown = EventFactory().pk
    with django_assert_num_queries(1):
        found = topics_of_events([talk, trip, bare, unknown])
    assert found == {talk: {one.pk, two.pk}, trip: {two.pk}}
    assert other not in found


def test_a_draft_says_nothing() -> None:
    assert topics_of_events([webinar(publish=False).event_id]) == {}


def test_the_calendar_asks_for_them() -> None:
    topic = TopicFactory()
    event = webinar(topics=[topic]).event_id
    assert topics_of([event]) == {event: {topic.pk}}
