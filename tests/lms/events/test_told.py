"""Who was told of a change: counted from the outbox, and shown."""

import uuid
from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from lms.events.actions import EventData, arranging
from lms.events.selectors import changes_told
from lms.notifications.models import Message
from tests.factories.events import EventFactory, at
from tests.lms.events.test_arranging import NOW, coming, dated

pytestmark = pytest.mark.django_db


def place(event, name: str, minutes: int = 0) -> None:
    now = NOW + timedelta(minutes=minutes)
    arranging.change(event, EventData(fields={"place": name}), by=event.owner, now=now)


def states(event, sequence: int, *states: str) -> None:
    """Let the messages of a change have these states, in the order they were owed."""
    about = Message.objects.filter(subject=f"event:{event.pk}:{sequence}")
    for message, state in zip(about.order_by("pk"), states, strict=True):
        Message.objects.filter(pk=message.pk).update(state=state, claim=uuid.uuid4(), lease_until=NOW)


def test_nothing_was_changed():
    assert changes_told(EventFactory()) == []


def test_each_change_says_what_and_how_many_were_told():
    event = dated(10, place="Oslo")
    people = [coming(event) for _number in range(4)]
    place(event, "Bergen")
    states(event, 1, "sent", "sent", "cancelled", "failed")
    place(event, "Tromsø", minutes=20)
    states(event, 2, "owed", "sending", "sent", "unknown")
    arranging.cancel(event, why="", by=event.owner, now=NOW + timedelta(hours=1))
    event.refresh_from_db()
    last, second, first = changes_told(event)
    assert (first.what, first.at, first.by) == (["The place: Bergen. It was Oslo."], NOW, event.owner)
    assert (first.told, first.waiting, first.not_sent) == (2, 0, 1)
    assert first.unreached == [people[3].user.full_name]
    assert second.what == ["The place: Tromsø. It was Bergen."]
    assert (second.told, second.waiting, second.not_sent, len(second.unreached)) == (1, 2, 0, 1)
    assert (last.what, last.waiting, last.sequence) == (["It is cancelled."], 4, 3)


def test_an_event_with_a_number_that_begins_like_another_s_is_another():
    event = dated(10)
    coming(event)
    place(event, "Bergen")
    Message.objects.update(subject=f"event:{event.pk}1:1")
    assert [(one.told, one.waiting) for one in changes_told(event)] == [(0, 0)]


@pytest.mark.parametrize("number", [3, 30])
def test_three_queries_however_many_changes(number, django_assert_num_queries):
    event = dated(10)
    coming(event)
    for turn in range(number):
        place(event, f"Place {turn}")
    with django_assert_num_queries(3):
        assert len(changes_told(event)) == number


def test_the_public_sees_counts_and_no_names():
    event = dated(10, place="Oslo")
    one = coming(event)
    place(event, "<b>Bergen</b>")
    states(event, 1, "failed")
    event.refresh_from_db()
    words = {"changes": changes_told(event), "event": event}
    organisers = render_to_string("events/_told.html", words)
    everybody = render_to_string("events/_told.html", {**words, "counts_only": True})
    assert one.user.full_name in organisers
    assert one.user.full_name not in everybody
    assert event.owner.full_name not in everybody
    assert "&lt;b&gt;Bergen&lt;/b&gt;" in everybody
    assert at(2026, 3, 1).strftime("%B") in everybody
