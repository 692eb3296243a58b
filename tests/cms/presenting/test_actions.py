"""What is kept of events that pages present is never much older than they are."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.presenting.actions import event_changed, keep_up
from cms.published import bump, current_version
from lms.events import followers
from lms.events.models import Event
from tests.factories.cms import delegation, webinar, webinar_event
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def raises_version(*, now: object = None) -> bool:
    before = current_version()
    keep_up(now=now)  # type: ignore[arg-type]
    return current_version() != before


def quiet(event: Event) -> None:
    """The event was last changed long ago."""
    Event.objects.filter(pk=event.pk).update(changed_at=timezone.now() - timedelta(days=30))


@pytest.mark.parametrize("kind", ["webinar", "delegation"])
def test_an_event_that_ended_raises_the_version_once(kind: str) -> None:
    event = webinar_event(kind=kind)
    quiet(event)
    (webinar if kind == "webinar" else delegation)(event)
    assert event.ends_at is not None
    with time_machine.travel(event.ends_at - MINUTE, tick=False):
        assert not raises_version()
    with time_machine.travel(event.ends_at + timedelta(seconds=1), tick=False):
        assert raises_version()
    with time_machine.travel(event.ends_at + MINUTE, tick=False):
        assert not raises_version()


def test_a_change_is_found_although_nobody_told() -> None:
    page = webinar()
    quiet(page.event)
    bump()
    assert not raises_version()
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        Event.objects.filter(pk=page.event_id).update(changed_at=timezone.now(), visibility="members")
        assert raises_version()


def test_and_costs_no_more_than_two_raises_too_many() -> None:
    page = webinar()
    assert page.event.changed_at
    start = timezone.now()
    raised = 0
    for minute in range(1, 10):
        with time_machine.travel(start + minute * MINUTE, tick=False):
            raised += raises_version()
    assert raised <= 3


@pytest.mark.parametrize("what", ["draft", "nobody's"])
def test_an_event_no_published_page_presents_raises_nothing(what: str) -> None:
    event = webinar(publish=False).event if what == "draft" else EventFactory()
    before = current_version()
    event_changed(event.pk)
    assert current_version() == before
    assert not raises_version(now=event.ends_at)


def test_whoever_changes_an_event_tells() -> None:
    page = webinar()
    before = current_version()
    followers.tell(page.event_id)
    assert current_version() == before + 1


def test_keeping_up_costs_two_queries(django_assert_num_queries: object) -> None:
    for _n in range(3):
        quiet(webinar().event)
    bump()
    with django_assert_num_queries(2):  # type: ignore[operator]
        keep_up()
