"""Making and changing events: what follows from it, who is told, what is refused, and that twice is once."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import ModelLogEntry

from lms.events import followers
from lms.events.actions import EventData, Refused, Row, arranging
from lms.events.actions.arranging import Overtaken
from lms.events.kinds import EventCancelled, EventChanged
from lms.events.models import Change, Event, Note, Registration, Session, SessionChoice
from lms.events.rules import Cause, EventStatus, Part, RegistrationState, Schedule, is_another, overlapping, shifted
from lms.events.selectors import schedule_of
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, at, person, registered, registration

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
NOW = at(2026, 3, 1, 12)


def dated(*days: int, **fields) -> Event:
    """An event on these days of March 2026, from 9 to 11 in Oslo."""
    sessions = [
        {
            "title": f"Day {day}",
            "starts_at": datetime(2026, 3, day, 9, tzinfo=OSLO).astimezone(UTC),
            "ends_at": datetime(2026, 3, day, 11, tzinfo=OSLO).astimezone(UTC),
        }
        for day in days
    ]
    return EventFactory(sessions=sessions, **fields)


def coming(event: Event, **fields) -> Registration:
    """Somebody with an account and a place."""
    membership = MembershipFactory()
    return registered(
        event, person(membership.user), by=membership.user, company=membership.company, now=NOW, **fields
    ).registrations.get()


def owed(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def fields(**values) -> EventData:
    return EventData(fields=values)


def session(one: Session, **values) -> EventData:
    return EventData(sessions=[Row(values, key=str(one.uid))])


# --- Making one ------------------------------------------------------------------------------------------------------


def test_a_new_event_has_the_times_of_its_sessions_and_its_text_as_html():
    owner, uid = UserFactory(), uuid.uuid4()
    data = EventData(
        fields={"kind": "workshop", "title": "Who pays", "description": "## For whom\n<script>x</script>"},
        sessions=[
            Row({"title": "Later", "starts_at": at(2026, 3, 11, 9), "materials": [("Slides", "/library/1/")]}),
            Row({"title": "First", "starts_at": at(2026, 3, 10, 9), "ends_at": at(2026, 3, 10, 10)}),
        ],
        fees={"company": (500_000, "company")},
    )
    event = arranging.create(data, by=owner, uid=uid, now=NOW)
    event.refresh_from_db()
    assert (event.starts_at, event.ends_at) == (at(2026, 3, 10, 9), at(2026, 3, 11, 10))
    assert "<h2>For whom</h2>" in event.description_html
    assert "<script>" not in event.description_html
    assert (event.sequence, event.owner, event.fees.get().amount) == (0, owner, 500_000)
    assert event.sessions.get(title="Later").materials.get().url == "/library/1/"
    assert arranging.create(data, by=owner, uid=uid, now=NOW) == event  # the form was sent twice
    assert (Event.objects.count(), Session.objects.count()) == (1, 2)
    assert ModelLogEntry.objects.get().action == "events.create"


def test_somebody_elses_event_is_not_handed_out_for_its_uid():
    theirs = EventFactory()
    with pytest.raises(Exception, match="uid"):
        arranging.create(fields(kind="workshop", title="Mine"), by=UserFactory(), uid=theirs.uid)


def test_only_what_an_organiser_says_can_be_set():
    with pytest.raises(ValueError, match="sequence"):
        arranging.change(EventFactory(), fields(sequence=7), by=UserFactory())


# --- Changing it, and who is told ------------------------------------------------------------------------------------


def test_a_typo_in_the_summary_tells_nobody():
    event = dated(10)
    coming(event)
    changed = arranging.change(event, fields(summary="Who pays?", title="Another name"), by=event.owner, now=NOW)
    assert (changed.sequence, changed.summary, changed.changed_at >= NOW) == (0, "Who pays?", True)
    assert owed("events.changed") == []


@pytest.mark.parametrize(
    "values",
    [
        {"place": "Norway House"},
        {"link": "https://meet.example/1"},
        {"time_zone": "America/Chicago"},
        {"status": EventStatus.TENTATIVE},
    ],
)
def test_when_where_and_whether_raise_the_number_by_one(values):
    event = dated(10)
    coming(event)
    assert arranging.change(event, fields(**values), by=event.owner, now=NOW).sequence == 1
    assert arranging.change(event, fields(**values), by=event.owner, now=NOW).sequence == 1  # again
    assert [one.subject for one in owed("events.changed")] == [f"event:{event.pk}:1"]
    assert ModelLogEntry.objects.filter(action="events.change").count() == 1


def test_another_link_is_no_other_meeting():
    event = dated(10, link="https://meet.example/1")
    assert arranging.change(event, fields(link="https://meet.example/2"), by=event.owner).sequence == 0


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"starts_at": at(2026, 3, 10, 7)}, 1),
        ({"ends_at": at(2026, 3, 10, 11)}, 1),
        ({"time_known": False}, 1),
        ({"tentative": True}, 1),
        ({"place": "Room 2"}, 1),
        ({"title": "A better title", "speakers": "Somebody", "track": "A", "capacity": 9}, 0),
    ],
)
def test_a_session_that_becomes_another_raises_the_number(values, raised):
    event = dated(10)
    assert arranging.change(event, session(event.sessions.get(), **values), by=event.owner, now=NOW).sequence == raised


def test_a_session_added_and_taken_out_raises_the_number_each_time():
    event, key = dated(10), str(uuid.uuid4())
    row = Row({"title": "One more", "starts_at": at(2026, 3, 12, 9)}, key=key)
    event = arranging.change(event, EventData(sessions=[row]), by=event.owner, now=NOW)
    assert (event.sequence, event.ends_at) == (1, at(2026, 3, 12, 10))
    again = arranging.change(event, EventData(sessions=[row]), by=event.owner, now=NOW)
    assert (again.sequence, again.sessions.count()) == (1, 2)
    event = arranging.change(event, EventData(sessions=[Row(key=key, removed=True)]), by=event.owner, now=NOW)
    assert (event.sequence, event.ends_at) == (2, at(2026, 3, 10, 10))
    assert arranging.change(event, EventData(sessions=[Row(key=key, removed=True)]), by=event.owner).sequence == 2


def test_everybody_active_is_told_once_and_who_registered_a_colleague_without_an_account_is_told_for_them():
    event = dated(10, capacity=3)
    by = MembershipFactory()
    registered(event, person(), person(), by=by.user, company=by.company, now=NOW)
    has_place, waits, left = coming(event), coming(event), coming(event)
    Registration.objects.filter(pk=left.pk).update(state=RegistrationState.CANCELLED)
    arranging.change(event, fields(place="Oslo"), by=event.owner, now=NOW)
    messages = owed("events.changed")
    assert {one.recipient for one in messages} == {by.user, has_place.user, waits.user}
    assert len(messages) == 3
    assert {one.due for one in messages} == {NOW + timedelta(minutes=10)}


def test_a_second_change_within_ten_minutes_makes_one_mail_that_says_what_it_was_at_first():
    event = dated(10)
    coming(event)
    one = event.sessions.get()
    arranging.change(event, session(one, starts_at=at(2026, 3, 10, 7)), by=event.owner, now=NOW)
    arranging.change(event, session(one, starts_at=at(2026, 3, 10, 6)), by=event.owner, now=NOW)
    first, second = owed("events.changed")
    assert EventChanged().compose(first) is None
    mail = EventChanged().compose(second)
    assert mail is not None
    told = " ".join(mail.paragraphs)
    assert "is now Tuesday 10 March 2026, 07:00–11:00 (CET)" in told
    assert "It was Tuesday 10 March 2026, 09:00–11:00 (CET)" in told


def test_who_was_told_of_the_first_change_hears_of_the_second_only():
    event = dated(10)
    coming(event)
    arranging.change(event, fields(place="Oslo"), by=event.owner, now=NOW)
    Message.objects.filter(kind="events.changed").update(state="sent")
    arranging.change(event, fields(status=EventStatus.TENTATIVE), by=event.owner, now=NOW)
    mail = EventChanged().compose(owed("events.changed")[1])
    assert mail is not None
    assert [sentence for sentence in mail.paragraphs if "Oslo" in sentence] == []
    assert "It is tentative again: it may still change." in mail.paragraphs


def test_nobody_hears_of_a_change_that_was_taken_back():
    event = dated(10, place="Oslo")
    coming(event)
    arranging.change(event, fields(place="Bergen"), by=event.owner, now=NOW)
    event = arranging.change(event, fields(place="Oslo"), by=event.owner, now=NOW)
    assert event.sequence == 2
    assert [EventChanged().compose(one) for one in owed("events.changed")] == [None, None]


def test_who_does_not_come_any_more_is_not_told():
    event = dated(10)
    one = coming(event)
    arranging.change(event, fields(place="Bergen"), by=event.owner, now=NOW)
    message = owed("events.changed")[0]
    assert EventChanged().compose(message) is not None
    Registration.objects.filter(pk=one.pk).update(state=RegistrationState.CANCELLED)
    assert EventChanged().compose(message) is None


def test_what_is_over_is_put_right_without_mail():
    event = dated(10)
    coming(event)
    event = arranging.change(event, fields(place="Bergen"), by=event.owner, now=at(2026, 4, 1))
    assert (event.sequence, owed("events.changed")) == (1, [])


def test_a_hostile_title_is_said_as_it_is():
    event = dated(10, title="Who\r\nBcc: x@example.org pays? 100 % %(event)s")
    coming(event)
    arranging.change(event, fields(place="Bergen %(now)s"), by=event.owner, now=NOW)
    mail = EventChanged().compose(owed("events.changed")[0])
    assert mail is not None
    assert event.title in mail.subject
    assert "The place: Bergen %(now)s." in mail.paragraphs


# --- What somebody else changed meanwhile ----------------------------------------------------------------------------


def test_a_change_over_a_newer_one_is_refused_and_changes_nothing():
    event = dated(10)
    seen = event.changed_at
    arranging.change(event, fields(title="Theirs"), by=UserFactory(), seen=seen, now=NOW)
    data = EventData(
        fields={"title": "Mine"}, sessions=[Row({"title": "New", "starts_at": at(2026, 3, 12)}, key=str(uuid.uuid4()))]
    )
    with pytest.raises(Overtaken):
        arranging.change(event, data, by=event.owner, seen=seen, now=NOW)
    event.refresh_from_db()
    assert (event.title, event.sessions.count()) == ("Theirs", 1)
    same = arranging.change(event, fields(title="Theirs"), by=event.owner, seen=seen, now=NOW)
    assert same.title == "Theirs"  # the same words twice are no conflict


def test_what_a_colleague_added_stays():
    event = dated(10, 12)
    first = event.sessions.first()
    arranging.change(event, session(first, title="Changed"), by=event.owner)
    assert sorted(event.sessions.values_list("title", flat=True)) == ["Changed", "Day 12"]


# --- What is refused -------------------------------------------------------------------------------------------------


def refusal(event: Event, data: EventData) -> Refused:
    before = (event.sequence, schedule_of(event))
    with pytest.raises(Refused) as refused:
        arranging.change(event, data, by=event.owner, now=NOW)
    event.refresh_from_db()
    assert (event.sequence, schedule_of(event)) == before
    return refused.value


def test_capacity_below_those_who_have_places():
    event = dated(10, capacity=5)
    coming(event)
    coming(event)
    refused = refusal(event, fields(capacity=1))
    assert (refused.field, "2 people have a place" in refused.sentence) == ("capacity", True)
    assert arranging.change(event, fields(capacity=2), by=event.owner, now=NOW).capacity == 2


@pytest.mark.parametrize("capacity", [2, None])
def test_more_places_are_offered_to_those_who_wait(capacity):
    event = dated(10, capacity=1)
    coming(event)
    waits = coming(event)
    arranging.change(event, fields(capacity=capacity), by=event.owner, now=NOW)
    waits.refresh_from_db()
    assert waits.state == RegistrationState.OFFERED


def test_a_typo_can_be_put_right_where_more_have_places_than_there_are():
    event = dated(10, capacity=2)
    coming(event)
    coming(event)
    Event.objects.filter(pk=event.pk).update(capacity=1)
    event.refresh_from_db()
    assert arranging.change(event, fields(title="Right"), by=event.owner, now=NOW).title == "Right"


def test_a_window_that_closes_before_it_opens():
    refused = refusal(dated(10), fields(opens_at=at(2026, 3, 5), closes_at=at(2026, 3, 5)))
    assert refused.field == "closes_at"


def test_a_session_that_ends_before_it_starts():
    event = dated(10)
    data = session(event.sessions.get(), starts_at=at(2026, 3, 10, 9), ends_at=at(2026, 3, 10, 9))
    assert refusal(event, data).field == "sessions-0-ends"


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [("", "", True), ("A", "", True), ("", "A", True), ("A", "A", True), ("A", "B", False)],
)
def test_own_sessions_of_a_track_do_not_overlap(one, other, refused):
    event = dated(10)
    arranging.change(event, session(event.sessions.get(), track=one), by=event.owner)
    new = Row({"title": "Beside it", "starts_at": at(2026, 3, 10, 9), "track": other}, key=str(uuid.uuid4()))
    if refused:
        found = refusal(event, EventData(sessions=[Row(key=str(event.sessions.get().uid)), new]))
        assert (found.field, "Day 10" in found.sentence) == ("sessions-1-starts", True)
    else:
        arranging.change(event, EventData(sessions=[new]), by=event.owner)
        assert event.sessions.count() == 2


def test_a_session_that_people_chose_stays():
    event = dated(10)
    one = coming(event)
    chosen = event.sessions.get()
    SessionChoice.objects.create(registration=one, session=chosen)
    out = EventData(sessions=[Row(key=str(chosen.uid), removed=True)])
    refused = refusal(event, out)
    assert (refused.field, "1 person has chosen" in refused.sentence) == ("sessions-0-removed", True)
    assert refusal(event, session(chosen, capacity=0)).field == "sessions-0-capacity"
    Registration.objects.filter(pk=one.pk).update(state=RegistrationState.CANCELLED)
    arranging.change(event, out, by=event.owner)
    assert event.sessions.count() == 0


def test_a_session_with_notes_stays():
    event = dated(10)
    noted = event.sessions.get()
    Note.objects.create(event=event, session=noted, text="Who pays", written_by=event.owner)
    assert "notes" in refusal(event, EventData(sessions=[Row(key=str(noted.uid), removed=True)])).sentence


def test_a_session_of_another_event_is_not_taken_over():
    theirs, event = dated(10), dated(10)
    data = session(theirs.sessions.get(), title="Mine now", starts_at=at(2026, 3, 20))
    assert refusal(event, data).field == "sessions-0-title"
    assert theirs.sessions.get().title == "Day 10"


def test_a_question_that_was_answered_stays_and_one_said_twice_is_there_once():
    event = dated(10)
    ask = EventData(questions=[Row({"text": "Which device?", "kind": "text"})])
    arranging.change(event, ask, by=event.owner)
    arranging.change(event, ask, by=event.owner)
    question = event.questions.get()
    one = coming(event)
    Registration.objects.filter(pk=one.pk).update(answers={str(question.pk): "A pump"})
    out = EventData(questions=[Row(key=str(question.pk), removed=True)])
    assert refusal(event, out).field == "questions-0-removed"
    Registration.objects.filter(pk=one.pk).update(answers={})
    arranging.change(event, out, by=event.owner)
    assert event.questions.count() == 0


def test_a_text_that_is_too_long_is_refused_at_its_field():
    assert refusal(dated(10), fields(description="x" * 200_001)).field == "description"


def test_who_is_invited_is_what_is_said_last():
    event, kept, gone = dated(10), MembershipFactory(), MembershipFactory()
    arranging.change(event, EventData(companies=[kept.company_id, gone.company_id]), by=event.owner)
    arranging.change(event, EventData(companies=[kept.company_id], people=[gone.user_id]), by=event.owner)
    arranging.change(event, fields(title="Nothing of it is named"), by=event.owner)
    assert {(one.company_id, one.user_id) for one in event.invited.all()} == {
        (kept.company_id, None),
        (None, gone.user_id),
    }


# --- Moving it by days -----------------------------------------------------------------------------------------------


def test_a_day_later_across_the_change_of_the_clock_is_the_same_time_of_day():
    event = dated(27, 28, closes_at=at(2026, 3, 27, 7), opens_at=at(2026, 2, 2))  # the clock is changed on the 29th
    coming(event)
    moved = arranging.move_by_days(event, 1, by=event.owner, now=NOW)
    starts = [one.starts_at for one in event.sessions.order_by("pk")]
    assert starts == [at(2026, 3, 28, 8), at(2026, 3, 29, 7)]
    assert (moved.starts_at, moved.ends_at, moved.sequence) == (at(2026, 3, 28, 8), at(2026, 3, 29, 9), 1)
    assert (moved.closes_at, moved.opens_at) == (at(2026, 3, 28, 7), at(2026, 2, 2))
    mail = EventChanged().compose(owed("events.changed")[0])
    assert mail is not None
    assert (
        "“Day 28” is now Sunday 29 March 2026, 09:00–11:00 (CEST). It was Saturday 28 March 2026, 09:00–11:00 (CET)."
        in mail.paragraphs
    )


def test_the_same_press_moves_it_once_and_another_one_is_told():
    event = dated(10)
    arranging.move_by_days(event, 1, by=event.owner, sequence=0, now=NOW)
    again = arranging.move_by_days(event, 1, by=event.owner, sequence=0, now=NOW)
    assert (again.sequence, again.starts_at) == (1, at(2026, 3, 11, 8))
    with pytest.raises(Overtaken):
        arranging.move_by_days(event, 2, by=event.owner, sequence=0, now=NOW)
    with pytest.raises(Overtaken):
        arranging.move_by_days(event, 1, by=UserFactory(), sequence=0, now=NOW)
    back = arranging.move_by_days(event, -1, by=event.owner, sequence=1, now=NOW)
    assert back.starts_at == at(2026, 3, 10, 8)


@pytest.mark.parametrize("days", [0, 3661, -3661])
def test_no_days_and_too_many(days):
    event = dated(10)
    if days:
        with pytest.raises(Refused):
            arranging.move_by_days(event, days, by=event.owner)
    else:
        assert arranging.move_by_days(event, 0, by=event.owner).sequence == 0


def test_a_move_that_would_close_registration_before_it_opens():
    event = dated(20, opens_at=at(2026, 3, 10), closes_at=at(2026, 3, 12))
    with pytest.raises(Refused) as refused:
        arranging.move_by_days(event, -5, by=event.owner, now=NOW)
    assert refused.value.field == "days"
    assert arranging.move_by_days(event, -5, by=event.owner, deadlines=False, now=NOW).sequence == 1


def test_a_session_in_the_hour_that_is_missing_keeps_its_length():
    starts, ends = at(2026, 3, 28, 1, 30), at(2026, 3, 28, 2)  # 02:30 to 03:00 in Oslo
    assert shifted(starts, ends, 1, OSLO) == (at(2026, 3, 29, 1, 30), at(2026, 3, 29, 2))


# --- Confirming and cancelling ---------------------------------------------------------------------------------------


def test_every_tentative_mark_goes_at_once_or_one_by_one():
    event = dated(10, 11, status=EventStatus.TENTATIVE)
    event.sessions.update(tentative=True)
    coming(event)
    first = event.sessions.first()
    one = arranging.confirm(event, session=first, by=event.owner, now=NOW)
    assert (one.status, one.sequence, event.sessions.filter(tentative=True).count()) == ("tentative", 1, 1)
    assert arranging.confirm(event, session=first, by=event.owner, now=NOW).sequence == 1
    every = arranging.confirm(event, by=event.owner, now=NOW)
    assert (every.status, every.sequence, event.sessions.filter(tentative=True).count()) == ("confirmed", 2, 0)
    assert arranging.confirm(event, by=event.owner, now=NOW).sequence == 2
    mail = EventChanged().compose(owed("events.changed")[-1])
    assert mail is not None
    assert {"It is confirmed.", "“Day 10” is confirmed.", "“Day 11” is confirmed."} <= set(mail.paragraphs)


def test_a_cancelled_event_ends_every_registration_and_tells_everybody_at_once():
    event = dated(10, capacity=1)
    people = [coming(event), coming(event)]
    arranging.cancel(event, why="The speaker is ill.", by=event.owner, now=NOW)
    arranging.cancel(event, why="Another word.", by=event.owner, now=NOW)
    event.refresh_from_db()
    assert (event.status, event.sequence, event.cancelled_why) == ("cancelled", 1, "The speaker is ill.")
    for one in people:
        one.refresh_from_db()
        assert (one.state, one.cause) == (RegistrationState.CANCELLED, Cause.EVENT_CANCELLED)
    messages = owed("events.cancelled")
    assert {one.recipient for one in messages} == {one.user for one in people}
    assert {one.due for one in messages} == {NOW}
    assert len(messages) == 2
    mail = EventCancelled().compose(messages[0])
    assert mail is not None
    assert "Why: The speaker is ill." in mail.paragraphs
    assert "It was to be on Tuesday 10 March 2026, 09:00–11:00 (CET). Take it out of your calendar." in mail.paragraphs
    assert Message.objects.filter(kind="events.registration").count() == 2  # of registering; none of the end


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the events that followers were told of."""
    told: list[int] = []
    monkeypatch.setattr(followers, "_followers", [])
    followers.register(told.append)
    return told


@pytest.mark.parametrize(
    "act",
    [
        lambda event: arranging.change(event, fields(summary="Another word"), by=event.owner, now=NOW),
        lambda event: arranging.change(event, fields(visibility="members"), by=event.owner, now=NOW),
        lambda event: arranging.move_by_days(event, 1, by=event.owner, now=NOW),
        lambda event: arranging.confirm(event, by=event.owner, now=NOW),
        lambda event: arranging.cancel(event, why="Ill.", by=event.owner, now=NOW),
    ],
    ids=["words", "visibility", "move", "confirm", "cancel"],
)
def test_who_follows_the_event_is_told_once_of_each_change(act, followed: list[int]):
    event = dated(10, status="tentative", visibility="everyone")
    act(event)
    assert followed == [event.pk]


def test_who_follows_hears_nothing_when_nothing_changed(followed: list[int]):
    event = dated(10, title="As it is")
    arranging.change(event, fields(title="As it is"), by=event.owner, now=NOW)
    arranging.move_by_days(event, 0, by=event.owner, now=NOW)
    with pytest.raises(Refused):
        arranging.change(event, fields(opens_at=NOW, closes_at=NOW), by=event.owner, now=NOW)
    assert followed == []
    arranging.cancel(event, why="Ill.", by=event.owner, now=NOW)
    arranging.cancel(event, why="Ill.", by=event.owner, now=NOW)
    assert followed == [event.pk]


def test_a_follower_that_fails_takes_the_change_with_it(followed: list[int]):
    """They are told within the transaction: what they keep and the event cannot come apart."""

    def fail(event_id: int) -> None:
        raise RuntimeError(event_id)

    event = dated(10, title="Before")
    followers.register(fail)
    with pytest.raises(RuntimeError):
        arranging.change(event, fields(title="After"), by=event.owner, now=NOW)
    event.refresh_from_db()
    assert event.title == "Before"


def test_mail_of_a_change_is_not_sent_once_the_event_is_cancelled():
    event = dated(10)
    coming(event)
    arranging.change(event, fields(place="Oslo"), by=event.owner, now=NOW)
    arranging.cancel(event, why="", by=event.owner, now=NOW)
    assert EventChanged().compose(owed("events.changed")[0]) is None
    assert EventCancelled().compose(owed("events.cancelled")[0]) is not None


def test_who_was_there_stays_there():
    event = dated(10, 12)
    one = coming(event)
    Registration.objects.filter(pk=one.pk).update(state=RegistrationState.ATTENDED)
    arranging.cancel(event, why="", by=event.owner, now=at(2026, 3, 11))
    one.refresh_from_db()
    assert one.state == RegistrationState.ATTENDED


def test_what_is_cancelled_is_not_changed_and_what_is_over_is_not_cancelled():
    event = dated(10)
    with pytest.raises(Refused):
        arranging.cancel(event, why="", by=event.owner, now=at(2026, 4, 1))
    arranging.cancel(event, why="", by=event.owner, now=NOW)
    for act in (
        lambda: arranging.change(event, fields(title="On again"), by=event.owner),
        lambda: arranging.move_by_days(event, 1, by=event.owner),
        lambda: arranging.confirm(event, by=event.owner),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("people", [2, 40])
def test_a_change_costs_the_same_for_few_and_many(people, django_assert_max_num_queries):
    event = dated(10)
    for _number in range(people):
        registration(event, now=NOW)
    with django_assert_max_num_queries(18):
        arranging.move_by_days(event, 1, by=event.owner, now=NOW)


# --- The rules, with plain values ------------------------------------------------------------------------------------


def part(key: str, start: int, end: int | None, **values) -> Part:
    return Part(key, key, at(2026, 3, 10, start), at(2026, 3, 10, end) if end else None, **values)


def test_a_schedule_comes_back_from_json_as_it_was():
    schedule = Schedule("confirmed", "Europe/Oslo", "Oslo", True, (part("a", 9, 10, track="A"), part("b", 10, None)))
    assert Schedule.from_json(json.loads(json.dumps(schedule.as_json()))) == schedule


def test_names_tracks_and_order_make_no_other_schedule():
    a, b = part("a", 9, 10), part("b", 9, 10, track="B")
    renamed = Part("b", "Another", b.starts, b.ends, track="C")
    before, after = (Schedule("confirmed", "Europe/Oslo", parts=parts) for parts in ((a, b), (renamed, a)))
    assert not is_another(before, after)
    assert is_another(before, Schedule("confirmed", "Europe/Oslo", parts=(a,)))


def test_what_only_has_a_day_overlaps_nothing():
    assert overlapping([part("a", 9, 12, time_known=False), part("b", 10, 11)]) == []
    assert [(one.key, other.key) for one, other in overlapping([part("b", 10, 11), part("a", 9, 12)])] == [("a", "b")]
    assert overlapping([part("a", 9, 10), part("b", 10, 11)]) == []


def test_what_was_changed_is_kept_with_who_changed_it():
    event = dated(10)
    arranging.move_by_days(event, 1, by=event.owner, now=NOW)
    kept = Change.objects.get()
    assert (kept.sequence, kept.moved_days, kept.by, kept.at) == (1, 1, event.owner, NOW)
    assert Schedule.from_json(kept.before).parts[0].starts == at(2026, 3, 10, 8)
