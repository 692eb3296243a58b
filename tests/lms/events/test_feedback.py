"""What people thought of an event."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lms.events.actions import Refused, attending, feedback
from lms.events.actions.feedback import Asking
from lms.events.kinds import AskForFeedback
from lms.events.models import Event, FeedbackQuestion, FeedbackReply, Registration
from lms.events.rules.feedback import CHANGEABLE, may_answer, scale
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory
from tests.factories.events import EventFactory, at, person, registered, registration

STARTS = at(2026, 5, 4, 8)
ENDS = STARTS + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def held(**fields: Any) -> Event:
    sessions = [{"starts_at": STARTS, "ends_at": ENDS}]
    return EventFactory(**{"sessions": sessions, "closes_at": at(2100, 1, 1), **fields})


def was_there(event: Event, *, seen: bool = True, **fields: Any) -> Registration:
    one = registration(event, now=STARTS - timedelta(days=9), **fields)
    if seen:
        attending.note(event.pk, event.sessions.get().pk, [(one.pk, STARTS)], how="link", now=STARTS)
    return one


def questions(event: Event) -> dict[str, FeedbackQuestion]:
    found = feedback.questions_of(event)
    return {"useful": found[0], "better": found[-1]}


def answers(event: Event, useful: str = "4", better: str = "More time.") -> dict[str, str]:
    asked = questions(event)
    return {f"q-{asked['useful'].pk}": useful, f"q-{asked['better'].pk}": better}


def signed_in(one: Registration) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(one.user)
    return client


def send(one: Registration, sent: dict[str, str], *, at_=ENDS, by_key: bool = False, follow: bool = True):
    client = Client(enforce_csrf_checks=True) if by_key else signed_in(one)
    route, to = ("events:feedback_by_key", one.join_key) if by_key else ("events:feedback", one.event_id)
    with time_machine.travel(at_, tick=False):
        return client.post(reverse(route, args=[to]), sent, follow=follow)


# --- Rules -----------------------------------------------------------------------------------------------------------


def test_who_may_answer():
    assert may_answer("attended", seen=False, over=False)
    assert may_answer("confirmed", seen=True, over=False)
    assert may_answer("confirmed", seen=False, over=True)
    assert not may_answer("confirmed", seen=False, over=False)
    for state in ("requested", "waiting", "offered", "declined", "cancelled", "absent"):
        assert not may_answer(state, seen=True, over=True)


def test_a_scale_counts_whole_numbers_from_one_to_five():
    found = scale([5, 5, 3, 0, 6, "4", None, True, 2.5])
    assert found.counts == ((5, 2), (4, 0), (3, 1), (2, 0), (1, 0))
    assert (found.n, found.mean) == (3, 13 / 3)
    assert scale([]).mean is None


# --- Questions -------------------------------------------------------------------------------------------------------


def test_the_usual_four_are_asked_in_the_events_language():
    event = held(language="nb")
    with translation.override("en"):
        first = feedback.questions_of(event)
    assert [one.kind for one in first] == ["scale", "scale", "scale", "text"]
    assert feedback.questions_of(event) == first
    assert not FeedbackQuestion.objects.exists(), "asking for them writes nothing"
    with translation.override("nb"):
        assert first[0].text == translation.gettext("How useful was it?")


def test_questions_change_until_the_first_answer():
    event = held()
    one = was_there(event)
    feedback.change_questions(event.pk, [Asking("How was it?", "scale")])
    first = feedback.questions_of(event)[0]
    feedback.change_questions(event.pk, [Asking("What else?", "text"), Asking("How was the food?", "scale", first.pk)])
    assert [q.text for q in feedback.questions_of(event)] == ["What else?", "How was the food?"]
    assert feedback.questions_of(event)[1].pk == first.pk
    feedback.answer(one, {first.pk: 3}, now=ENDS)
    with pytest.raises(Refused, match="stay as they are"):
        feedback.change_questions(event.pk, [Asking("Other", "text")])


@pytest.mark.parametrize("asked", [[], [Asking("Why?", "text")] * 13])
def test_none_and_too_many_questions_are_refused(asked):
    event = held()
    before = feedback.questions_of(event)
    with pytest.raises(Refused):
        feedback.change_questions(event.pk, asked)
    assert feedback.questions_of(event) == before


def test_a_question_of_another_event_is_not_taken_over():
    event, other = held(), held()
    feedback.change_questions(other.pk, [Asking("Theirs?", "scale")])
    theirs = feedback.questions_of(other)[0]
    feedback.change_questions(event.pk, [Asking("Mine now", "scale", theirs.pk)])
    theirs.refresh_from_db()
    assert theirs.event == other
    assert theirs.text != "Mine now"


# --- Answering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_key", [False, True])
def test_an_answer_is_kept_once_a_person_and_can_be_changed(by_key):
    event = held()
    one = was_there(event)
    assert "Thank you" in send(one, answers(event), by_key=by_key).content.decode()
    send(one, answers(event, useful="2", better=""), by_key=by_key)
    reply = FeedbackReply.objects.get()
    assert reply.answers == {str(questions(event)["useful"].pk): 2}
    assert reply.given_at == ENDS


def test_after_a_fortnight_it_stays():
    event = held()
    one = was_there(event)
    send(one, answers(event))
    page = send(one, answers(event, useful="1"), at_=ENDS + CHANGEABLE).content.decode()
    assert "older than 14 days" in page
    assert FeedbackReply.objects.get().answers[str(questions(event)["useful"].pk)] == 4


def test_a_late_first_answer_is_welcome():
    event = held()
    send(was_there(event), answers(event), at_=ENDS + timedelta(days=300), by_key=True)
    assert FeedbackReply.objects.exists()


def test_a_refused_form_comes_back_filled():
    event = held()
    one = was_there(event)
    for useful in ("0", "6", "4.5", "x", "<script>", "=1+1"):
        page = send(one, answers(event, useful=useful, better="Kept <here>")).content.decode()
        assert "Kept &lt;here&gt;" in page, useful
        assert "Choose one of the five" in page, useful
    assert not FeedbackReply.objects.exists()


def test_too_many_words_are_refused_and_kept():
    event = held()
    page = send(was_there(event), answers(event, better="x" * 2001)).content.decode()
    assert "x" * 2001 in page
    assert not FeedbackReply.objects.exists()


@pytest.mark.parametrize("by_key", [False, True])
def test_nothing_at_all_is_no_answer(by_key):
    event = held()
    assert "Answer at least one question" in send(was_there(event), {}, by_key=by_key).content.decode()
    assert not FeedbackReply.objects.exists()


def test_questions_changed_meanwhile_are_not_answered_by_mistake():
    event = held()
    one = was_there(event)
    old = questions(event)["useful"].pk
    feedback.change_questions(event.pk, [Asking("Another", "scale")])
    with pytest.raises(Refused, match="changed while you wrote"):
        feedback.answer(one, {old: 5}, now=ENDS)


def test_before_the_end_only_who_was_seen_answers():
    event = held()
    seen, unseen = was_there(event), was_there(event, seen=False)
    for one in (seen, unseen):
        send(one, answers(event), at_=ENDS - timedelta(minutes=5))
    assert FeedbackReply.objects.get().registration == seen
    send(unseen, answers(event))
    assert FeedbackReply.objects.count() == 2


def test_who_was_absent_or_waits_is_told_why_not():
    event = held(capacity=1)
    absent, waits = was_there(event, seen=False), was_there(event, seen=False)
    attending.finish(event.pk, now=ENDS)
    for one in (absent, waits):
        one.refresh_from_db()
        assert "for those who were there" in send(one, answers(event)).content.decode()
    assert not FeedbackReply.objects.exists()


def test_a_cancelled_event_asks_nothing():
    event = held()
    one = was_there(event)
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    assert "was cancelled" in send(one, answers(event)).content.decode()
    assert not FeedbackReply.objects.exists()


def test_who_is_not_registered_finds_no_form_and_no_key_none_either():
    event = held()
    client = Client()
    client.force_login(MembershipFactory().user)
    assert client.get(reverse("events:feedback", args=[event.pk])).status_code == 404
    assert client.get(reverse("events:feedback_by_key", args=["x" * 43])).status_code == 404


def test_the_page_behind_the_key_tells_no_other_site_of_it():
    answer = Client().get(reverse("events:feedback_by_key", args=[was_there(held()).join_key]))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


# --- Asking ----------------------------------------------------------------------------------------------------------


def owed() -> list[Message]:
    return list(Message.objects.filter(kind="events.feedback"))


def compose(message: Message, at_=ENDS + timedelta(hours=2)):
    with time_machine.travel(at_, tick=False):
        return AskForFeedback().compose(message)


def test_whoever_was_there_is_owed_one_mail_an_hour_after_the_end():
    event = held()
    one = was_there(event)
    was_there(event, seen=False)
    feedback.ask_for_feedback(now=ENDS - timedelta(minutes=1))
    assert owed() == []
    for hours in (0, 1, 30):
        feedback.ask_for_feedback(now=ENDS + timedelta(hours=hours))
    (message,) = owed()
    assert (message.recipient, message.subject, message.due) == (
        one.user,
        f"feedback:{one.pk}",
        ENDS + timedelta(hours=1),
    )


def test_who_is_found_to_have_been_there_later_is_asked_then():
    event = held()
    one = was_there(event, seen=False)
    attending.finish(event.pk, now=ENDS)
    feedback.ask_for_feedback(now=ENDS + timedelta(hours=1))
    assert owed() == []
    attending.note_all(event.pk, event.sessions.get(), [one.pk], by=event.owner)
    feedback.ask_for_feedback(now=ENDS + timedelta(hours=30))
    assert len(owed()) == 1


def test_moving_ones_time_zone_asks_nobody_twice():
    event = held(sessions=[{"starts_at": at(2026, 5, 4, 20), "ends_at": at(2026, 5, 4, 22)}])
    one = was_there(event)
    feedback.ask_for_feedback(now=at(2026, 5, 4, 23))
    one.user.time_zone = "America/Chicago"
    one.user.save()
    feedback.ask_for_feedback(now=at(2026, 5, 5, 9))
    assert len(owed()) == 1


def test_cancelled_answered_and_long_past_events_ask_nobody():
    cancelled, answered, past = held(), held(), held()
    was_there(cancelled)
    was_there(past)
    Event.objects.filter(pk=cancelled.pk).update(status="cancelled")
    Event.objects.filter(pk=past.pk).update(starts_at=STARTS - timedelta(days=40), ends_at=ENDS - timedelta(days=40))
    send(was_there(answered), answers(answered))
    feedback.ask_for_feedback(now=ENDS + timedelta(hours=1))
    assert owed() == []


def test_the_mail_leads_to_the_form_without_signing_in():
    event = held(title="Reimbursement\nin the US")
    one = was_there(event)
    feedback.ask_for_feedback(now=ENDS)
    mail = compose(owed()[0])
    assert mail.subject == "How was “Reimbursement in the US”?"
    assert mail.button[1] == reverse("events:feedback_by_key", args=[one.join_key])


def test_for_a_colleague_without_an_account_whoever_registered_them_is_asked_to_pass_it_on():
    event, membership = held(), MembershipFactory()
    registered(
        event, person(name="Without Account"), by=membership.user, company=membership.company, now=at(2026, 4, 1)
    )
    one = Registration.objects.get()
    attending.note_all(event.pk, event.sessions.get(), [one.pk], by=event.owner, now=STARTS)
    feedback.ask_for_feedback(now=ENDS)
    (message,) = owed()
    assert message.recipient == membership.user
    assert "Without Account was at" in compose(message).paragraphs[0]


@pytest.mark.parametrize("what", ["answered", "cancelled", "absent", "moved", "gone"])
def test_what_no_longer_applies_is_not_sent(what):
    event = held()
    one = was_there(event)
    feedback.ask_for_feedback(now=ENDS)
    (message,) = owed()
    assert compose(message) is not None
    if what == "answered":
        send(one, answers(event))
    elif what == "cancelled":
        Event.objects.filter(pk=event.pk).update(status="cancelled")
    elif what == "absent":
        attending.finish(event.pk, now=ENDS)
        attending.take_back(one, event.sessions.get(), by=event.owner)
    elif what == "moved":
        Event.objects.filter(pk=event.pk).update(ends_at=ENDS + timedelta(days=7))
    else:
        message.subject = "feedback:999999999"
    assert compose(message) is None


# --- Results ---------------------------------------------------------------------------------------------------------


def results(event: Event, route: str = "feedback_results"):
    client = Client()
    client.force_login(event.owner)
    return client.get(reverse(f"events:{route}", args=[event.pk]))


def test_results_say_how_many_and_no_name():
    event = held()
    for number, useful in enumerate(["5", "4", "4"]):
        one = was_there(event)
        send(one, answers(event, useful=useful, better=f"<i>Words</i> {number}"))
    was_there(event)
    page = results(event).content.decode()
    assert "3 of 4 who were there answered." in page
    assert "4.3 of 5, 3 answers" in page
    assert "&lt;i&gt;Words&lt;/i&gt; 1" in page
    for one in Registration.objects.all():
        assert one.name not in page
        assert one.email not in page
    assert page.count('<svg class="draw"') == page.count('<td class="picture">') == 15
    assert page.count("<rect") == 2  # five and four, of the one question they answered


def test_the_table_has_no_name_and_no_formula():
    event = held()
    one = was_there(event)
    send(one, answers(event, better='=HYPERLINK("http://x")\nsecond line, "quoted"'))
    content = b"".join(results(event, "feedback_csv").streaming_content).decode("utf-8-sig")
    header, row = csv.reader(StringIO(content, newline=""))
    assert header == [question.text for question in feedback.questions_of(event)]
    assert row == ["4", "", "", '\'=HYPERLINK("http://x")\nsecond line, "quoted"']
    assert one.name not in content


def test_the_order_of_answers_does_not_tell_who_gave_them():
    event = held()
    for words in ("c", "a", "b"):
        send(was_there(event), answers(event, better=words))
    content = b"".join(results(event, "feedback_csv").streaming_content).decode()
    assert [line[-2] for line in content.split("\r\n")[1:-1]] == ["a", "b", "c"]


def test_organisers_change_the_questions_on_the_page():
    event = held()
    client = Client()
    client.force_login(event.owner)
    page = results(event)
    first = page.context["formset"].forms[0].initial
    sent = {
        "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "1",
        "form-0-id": first["id"], "form-0-text": "How was the food?", "form-0-kind": "scale",
        "form-1-id": "", "form-1-text": "", "form-1-kind": "scale",
        "form-2-id": "", "form-2-text": "And else?", "form-2-kind": "text",
    }  # fmt: skip
    address = reverse("events:feedback_questions", args=[event.pk])
    assert client.post(address, sent).status_code == 302
    assert [(q.text, q.kind) for q in feedback.questions_of(event)] == [
        ("How was the food?", "scale"),
        ("And else?", "text"),
    ]
    refused = client.post(address, {**sent, "form-0-text": "", "form-2-text": ""}).content.decode()
    assert "Ask at least one question" in refused
    bad = client.post(address, {**sent, "form-0-kind": "choice"}).content.decode()
    assert "How was the food?" in bad
    assert client.post(address, {}).status_code == 200
    assert len(feedback.questions_of(event)) == 2


@pytest.mark.parametrize("number", [3, 300])
def test_results_ask_no_more_of_many_than_of_few(number):
    event = held()
    order = was_there(event).order
    asked = questions(event)
    people = Registration.objects.bulk_create(
        Registration(event=event, order=order, name="P", email=f"p{n}@example.org", state="attended", join_key=f"k{n}")
        for n in range(number)
    )
    given = {str(asked["useful"].pk): 5, str(asked["better"].pk): "Words"}
    FeedbackReply.objects.bulk_create(FeedbackReply(registration=one, answers=given) for one in people)
    client = Client()
    client.force_login(event.owner)
    address = reverse("events:feedback_results", args=[event.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert len(queries) <= 9, "\n".join(one["sql"][:200] for one in queries)
    assert f"5.0 of 5, {number} answers" in page
