"""What each person is asked before they are registered: sessions of parallel tracks, and the organisers' questions."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from lms.events.models import Question, Registration
from tests.factories.events import EventFactory, person, registered
from tests.lms.events.forms import errors, send, with_tracks, words

pytestmark = pytest.mark.django_db


def test_the_second_step_asks_each_person_and_keeps_who_was_chosen(client, mine):
    event = with_tracks()
    question = Question.objects.create(event=event, text="What do you eat?", required=True, help="<i>Short</i>")
    first, second = event.sessions.all()
    answer = send(client, event, mine.user, name_1="Per", email_1="per@example.org")
    html = words(answer)
    assert "Step 2 of 2" in html
    assert html.count("What do you eat?") == 2
    assert "&lt;i&gt;Short" in html
    assert "Hospitals (1 place left)" in html
    assert not Registration.objects.exists()
    sent = {
        f"d-u{mine.user.pk}-slot{first.pk}": second.pk,
        f"d-u{mine.user.pk}-q{question.pk}": "Fish",
        f"d-c1-slot{first.pk}": "",
        f"d-c1-q{question.pk}": "Bread",
    }
    row = {"name_1": "Per", "email_1": "per@example.org"}
    assert send(client, event, mine.user, step="details", **row, **sent).status_code == 302
    me, per = Registration.objects.order_by("pk")
    assert (me.answers, per.answers) == ({str(question.pk): "Fish"}, {str(question.pk): "Bread"})
    assert [one.session for one in me.choices.all()] == [second]
    assert not per.choices.exists()


def test_what_is_missing_in_the_second_step_is_said_at_the_person_and_all_is_kept(client, mine):
    event = EventFactory()
    question = Question.objects.create(event=event, text="Food?", required=True)
    people = (mine.user, mine.colleague)
    answer = send(client, event, *people, step="details", **{f"d-u{mine.user.pk}-q{question.pk}": "Fish"})
    assert len(errors(answer)) == 1
    assert 'value="Fish"' in words(answer)
    back = send(client, event, *people, step="back", **{f"d-u{mine.user.pk}-q{question.pk}": "Fish"})
    assert "Step 1 of 2" in words(back)
    assert f'name="d-u{mine.user.pk}-q{question.pk}" value="Fish"' in words(back)
    again = send(client, event, *people, **{f"d-u{mine.user.pk}-q{question.pk}": "Fish"})
    assert 'value="Fish"' in words(again)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("choice", "Vegan", "Stone"), ("yes", "no", "maybe"), ("scale", "5", "6"), ("text", "Fish", "a\tb")],
)
def test_every_kind_of_question_takes_its_answers_and_no_others(client, mine, kind, good, bad):
    event = EventFactory()
    question = Question.objects.create(event=event, text="?", kind=kind, choices="Fish\n\nVegan\n")
    name = f"d-u{mine.user.pk}-q{question.pk}"
    assert errors(send(client, event, mine.user, step="details", **{name: bad}))
    send(client, event, mine.user, step="details", **{name: good})
    assert Registration.objects.get().answers == {str(question.pk): good}


def test_a_full_session_cannot_be_chosen_and_is_refused_by_name(client, mine):
    event = with_tracks()
    first, second = event.sessions.all()
    registered(event, person(sessions=(second.pk,)))
    name = f"d-u{mine.user.pk}-slot{first.pk}"
    assert re.search(rf'value="{second.pk}"[^>]* disabled', words(send(client, event, mine.user)))
    answer = send(client, event, mine.user, step="details", **{name: second.pk})
    assert "“Hospitals” is full. Choose another session for Kari Eksempel." in errors(answer)[0]
    assert Registration.objects.count() == 1


def test_a_session_of_another_event_is_refused(client, mine):
    event, other = with_tracks(), with_tracks()
    name = f"d-u{mine.user.pk}-slot{event.sessions.first().pk}"
    answer = send(client, event, mine.user, step="details", **{name: other.sessions.first().pk})
    assert errors(answer) == ["One of the sessions is not there any more. Choose again."]


def test_sessions_of_one_slot_that_clash_are_told_and_those_that_follow_each_other_are_not(client, mine):
    begins = timezone.now() + timedelta(days=5)
    hours = [begins + timedelta(hours=n) for n in range(3)]
    event = EventFactory(
        sessions=[
            {"title": "Long", "track": "B", "starts_at": hours[0], "ends_at": hours[2]},
            {"title": "First", "track": "A", "starts_at": hours[0], "ends_at": hours[1]},
            {"title": "Second", "track": "A", "starts_at": hours[1], "ends_at": hours[2]},
        ]
    )
    ids = {one.title: one.pk for one in event.sessions.all()}
    key = event.sessions.get(title="First").pk  # track A comes first
    name = f"d-u{mine.user.pk}-slot{key}"
    answer = send(client, event, mine.user, step="details", **{name: [ids["Long"], ids["Second"]]})
    assert "“Long” and “Second” run at the same time" in errors(answer)[0]
    assert send(client, event, mine.user, step="details", **{name: [ids["First"], ids["Second"]]}).status_code == 302
    assert Registration.objects.get().choices.count() == 2


def test_the_second_step_sent_twice_is_one_order(client, mine):
    event, token = with_tracks(), str(uuid.uuid4())
    name = f"d-u{mine.user.pk}-slot{event.sessions.first().pk}"
    for _one in range(2):
        sent = {"step": "details", "token": token, name: event.sessions.last().pk}
        assert send(client, event, mine.user, **sent).status_code == 302
    assert Registration.objects.count() == 1
