"""The demo's events: all facts of the delegation, everybody where the demo says, and twice nothing new."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lms.accounts.models import Company, User
from lms.accounts.rules import CompanyKind
from lms.demo.companies import ensure_companies
from lms.demo.delegation import next_time
from lms.demo.gatherings import CAPACITY, ensure_gatherings, next_weekday, workshop_day
from lms.demo.people import ensure_people
from lms.events.models import (
    ActionItem,
    Attendance,
    Event,
    Fee,
    FeedbackReply,
    Note,
    Order,
    Question,
    Registration,
    Session,
    SessionChoice,
)
from lms.events.selectors import events_visible_to, taken_places
from lms.notifications.models import Message
from tests.factories.world import made_once

pytestmark = pytest.mark.django_db
CHICAGO, OSLO = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Oslo")
MODELS = (
    Event, Session, Fee, Question, Order, Registration, SessionChoice, Attendance, FeedbackReply, Note, ActionItem,
    Message,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, User]]:
    """Everybody and every event, once for all tests here."""
    with django_db_blocker.unblock(), made_once(tmp_path_factory.mktemp("made")):
        people = ensure_people()
        ensure_gatherings(people, ensure_companies(people))
        yield people


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


def test_twice_is_nothing_new_on_another_day_either(made: dict[str, User]):
    before = counts()
    Event.objects.filter(kind="meeting").update(title="What an organiser made of it")
    ensure_gatherings(made, ensure_companies(made))
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        ensure_gatherings(made, ensure_companies(made))
    assert counts() == before
    assert Event.objects.get(kind="meeting").title == "What an organiser made of it"


def test_the_examples_get_no_mail(made: dict[str, User]):
    assert not Message.objects.exists()


def test_owners(made: dict[str, User]):
    owners = {kind: {event.owner for event in Event.objects.filter(kind=kind)} for kind in ("workshop", "webinar")}
    assert owners == {"workshop": {made["advisor"]}, "webinar": {made["editor"]}}
    assert Event.objects.get(kind="delegation").owner == made["owner"]


def test_four_workshops_are_coming_three_have_been(made: dict[str, User]):
    workshops = list(Event.objects.filter(kind="workshop").order_by("starts_at"))
    now = timezone.now()
    assert [event.ends_at < now for event in workshops] == [True] * 3 + [False] * 4
    assert all(event.title.startswith("USA Next workshop: ") for event in workshops)
    assert {(event.visibility, event.capacity) for event in workshops} == {("members", CAPACITY)}
    assert {event.starts_at.astimezone(OSLO).strftime("%A %H:%M") for event in workshops} == {"Thursday 13:00"}
    last = workshops[2].registrations
    assert (last.filter(state="attended").count(), last.count()) == (9, 11)
    assert Attendance.objects.filter(registration__event=workshops[2]).count() == 9
    for event in workshops[:3]:
        assert not event.registrations.exclude(state__in=["attended", "absent"]).exists()
        assert event.feedback_questions.count() == 2
        assert FeedbackReply.objects.filter(registration__event=event, registration__state="attended").count() == 5
        assert event.notes.count() == event.action_items.count() == 2
        assert not event.registrations.filter(order__placed_at__gte=event.starts_at).exists()


def test_the_webinars(made: dict[str, User]):
    past, coming = Event.objects.filter(kind="webinar").order_by("starts_at")
    assert past.ends_at < timezone.now() < coming.starts_at
    assert {past.visibility, coming.visibility} == {"everyone"}
    assert coming.capacity is None
    assert past.registrations.filter(state="attended").exists()


def test_the_meeting_is_full_with_an_offer_and_a_line(made: dict[str, User]):
    meeting = Event.objects.get(kind="meeting")
    states = {one.user.email.split("@")[0]: one.state for one in meeting.registrations.select_related("user")}
    assert states == {
        "bjorn": "confirmed",
        "cecilie": "confirmed",
        "eli": "confirmed",
        "jonas": "cancelled",
        "outsider": "offered",
        "company": "waiting",
        "learner": "waiting",
    }
    offer = meeting.registrations.get(state="offered")
    assert timezone.now() + timedelta(hours=71) < offer.offered_until < meeting.starts_at
    assert taken_places(meeting).room(None).places == 0
    for name in states:
        assert meeting in events_visible_to(made[name])


@pytest.mark.parametrize("name", ["company", "learner"])
def test_they_have_two_places_to_come_and_wait_for_one(made: dict[str, User], name: str):
    coming = Registration.objects.filter(user=made[name], event__starts_at__gt=timezone.now())
    assert sorted(coming.values_list("state", flat=True)) == ["confirmed", "confirmed", "waiting"]


# --- The delegation: every fact of the invitation --------------------------------------------------------------------
def test_the_delegation_has_every_fact_of_the_invitation(made: dict[str, User]):
    event = Event.objects.get(kind="delegation")
    assert event.title == "Visiting Minneapolis with the Norwegian ecosystem in health"
    assert (event.status, event.visibility, event.approval, event.per_company) == ("tentative", "everyone", True, 2)
    assert (event.time_zone, event.place) == ("America/Chicago", "Minneapolis, Minnesota, USA")
    assert event.covered == "Food, other than breakfast and drinks"
    assert ["Hotel" in event.not_covered, "Flights" in event.not_covered] == [True, True]
    assert "follows an invitation of 2023" in event.description
    year = event.starts_at.astimezone(CHICAGO).year
    sessions = [
        (one.starts_at.astimezone(CHICAGO), one.ends_at and one.ends_at.astimezone(CHICAGO), one)
        for one in event.sessions.all()
    ]
    assert [
        (
            f"{begins:%d.%m. %H:%M}" if one.time_known else f"{begins:%d.%m.}",
            f"{ends:%H:%M}" if ends else "",
            one.track,
            one.place,
        )
        for begins, ends, one in sessions
    ] == [
        ("31.05. 09:00", "", "", "Medical Alley"),
        ("01.06. 09:00", "", "Companies", "Norway House"),
        ("01.06. 09:00", "", "Institutions", "Medtronic HQ and/or the University of Minnesota, Twin Cities"),
        ("01.06. 18:30", "21:00", "", "Norway House"),
        ("02.06.", "", "", "Mayo Clinic"),
        ("02.06.", "", "", "Medical Alley"),
    ]
    assert all(one.tentative for _begins, _ends, one in sessions)
    assert event.starts_at > timezone.now()
    assert year - timezone.localdate().year in (0, 1)


def test_companies_pay_once_and_public_institutions_nothing(made: dict[str, User]):
    event = Event.objects.get(kind="delegation")
    fees = {fee.company_kind: (fee.amount, fee.each) for fee in event.fees.all()}
    assert fees[""] == (500_000, "company")
    assert {kind for kind, (amount, _each) in fees.items() if not amount} == {"municipality", "hospital", "university"}
    assert {kind for kind, _words in CompanyKind.choices} - fees.keys() == {"company", "investor", "other"}
    paid = list(event.registrations.order_by("pk").values_list("name", "state", "fee"))
    assert paid == [
        ("Eli Example", "confirmed", 500_000),
        ("Frode Example", "confirmed", 0),
        ("Cecilie Example", "requested", 500_000),
    ]


def test_a_third_person_of_a_company_finds_no_room(made: dict[str, User]):
    event = Event.objects.get(kind="delegation")
    company = Company.objects.get(name="Example Implants AS")
    assert taken_places(event).room(company.pk).company == 0


# --- Dates -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2027, 1, 1), date(2027, 5, 31)),
        (date(2027, 5, 30), date(2027, 5, 31)),
        (date(2027, 5, 31), date(2028, 5, 31)),
        (date(2027, 6, 1), date(2028, 5, 31)),
        (date(2028, 2, 29), date(2028, 5, 31)),
    ],
)
def test_the_delegation_is_always_to_come(today: date, first: date):
    assert next_time(today) == first


@pytest.mark.parametrize("offset", range(7))
def test_workshops_are_never_today(offset: int):
    today = date(2027, 3, 22) + timedelta(days=offset)  # the clocks change within
    days = [workshop_day(number, today) for number in range(7)]
    assert days == sorted(set(days))
    assert [day < today for day in days] == [True] * 3 + [False] * 4
    assert today not in days
    assert {day.weekday() for day in days} == {3}
    assert days[2] >= today - timedelta(days=7)
    assert next_weekday(today, today.weekday()) == today + timedelta(days=7)
