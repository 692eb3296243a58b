"""What waits for somebody and what is new, on their home: from events, evidence, the path, readiness, the programme."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import html5lib
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from courses import actions
from courses.models import Evidence, EvidenceEntry, LearningPath, PathStep
from courses.readiness.models import Topic
from courses.rules import EvidenceState
from lms.events.actions import cancel
from lms.events.models import ActionItem, Event, Registration
from tests.courses.conftest import Learner, outline_of
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import ParticipationFactory
from tests.factories.courses import catalog_page, make_course
from tests.factories.events import EventFactory, at, person, registered
from tests.factories.readiness import answered, edition, finished

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = at(2026, 11, 23, 8)  # a Monday, nine in the morning in Oslo
HOUR = timedelta(hours=1)


@pytest.fixture
def member() -> Any:
    """Somebody in a company, at nine on a Monday in Oslo."""
    catalog_page()
    return MembershipFactory(user__full_name="Kari Eksempel", company__name="Example Medtech AS")


def home(user: Any, now: Any = NOW, language: str = "") -> str:
    client = Client()
    with time_machine.travel(now, tick=False):
        client.force_login(user)
        return client.get(f"{language}/me/").content.decode()


def words(shown: str) -> str:
    """What a reader sees, on one line; the page is valid HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(shown)
    return " ".join(" ".join(tree.itertext()).split())


def workshop(starts: Any = NOW + timedelta(days=3), **fields: Any) -> Event:
    sessions = fields.pop("sessions", [{"starts_at": starts, "ends_at": starts + 2 * HOUR}])
    return EventFactory(**{"title": "Who pays", "link": "https://meet.example/", "sessions": sessions, **fields})


def registration(event: Event, member: Any, **fields: Any) -> Registration:
    user = member.user
    order = registered(event, person(user), by=user, company=member.company, now=NOW - timedelta(days=9))
    Registration.objects.filter(order=order).update(**fields)
    return order.registrations.get()


# --- Events ----------------------------------------------------------------------------------------------------------


def test_what_one_comes_to_with_day_and_hour_in_one_s_own_zone(member: Any) -> None:
    event = workshop(at(2026, 11, 26, 13))
    registration(event, member)
    shown = home(member.user)
    assert "Thu 26 November, 14:00 Who pays Join link from 13:45." in words(shown)
    assert f'href="{event.get_absolute_url()}"' in shown
    assert "/events/join/" not in shown
    member.user.time_zone = "America/Chicago"
    member.user.save()
    assert "Thu 26 November, 07:00" in words(home(member.user))
    assert "Times are Chicago time (CST)." in words(home(member.user))


def test_the_way_in_is_there_from_a_quarter_of_an_hour_before(member: Any) -> None:
    starts = at(2026, 11, 26, 13)
    one = registration(workshop(starts), member)
    for minutes, is_open in ((-16, False), (-15, True), (0, True), (119, True), (121, False)):
        shown = home(member.user, starts + timedelta(minutes=minutes))
        assert (f'href="/events/join/{one.join_key}/"' in shown) is is_open, minutes


def test_the_way_in_stays_open_in_a_break_and_is_shut_overnight(member: Any) -> None:
    first, second = at(2026, 11, 26, 8), at(2026, 11, 26, 12)
    days = [{"starts_at": start, "ends_at": start + 2 * HOUR} for start in (first, second, second + timedelta(days=1))]
    one = registration(workshop(sessions=days), member)
    assert one.join_key in home(member.user, first + 3 * HOUR)
    evening = home(member.user, second + 8 * HOUR)
    assert one.join_key not in evening
    assert "Fri 27 November, 13:00" in words(evening)


def test_without_a_meeting_there_is_no_way_in(member: Any) -> None:
    registration(workshop(link=""), member)
    assert "Join" not in home(member.user)


@pytest.mark.parametrize(("state", "is_said"), [("confirmed", False), ("requested", True), ("waiting", True)])
def test_far_away_only_what_waits_for_an_answer(member: Any, state: str, is_said: bool) -> None:
    registration(workshop(NOW + timedelta(days=60)), member, state=state)
    assert ("Who pays" in home(member.user)) is is_said


def test_an_offered_place_says_until_when_and_is_a_next_step(member: Any) -> None:
    event = workshop(at(2026, 12, 16, 8))
    registration(event, member, state="offered", offered_until=at(2026, 11, 26, 11))
    shown = words(home(member.user))
    assert "Take the place at “Who pays”, or leave it to the next" in shown
    assert "A place is free for you until Thursday 26 November at 12:00." in shown
    assert "Thu 26 November, 12:00 Answer by then Who pays A place is free for you." in shown
    assert "It takes place: Wed 16 December, 09:00." in shown
    assert 'class="signal">A place is free for you' in home(member.user)
    late = words(home(member.user, at(2026, 11, 26, 12)))
    assert "Take the place" not in late
    assert "The time to take this place is over." in late


def test_a_colleague_s_place_is_for_whoever_asked_for_it(member: Any) -> None:
    order = registered(
        workshop(), person(name="Ola Demo"), by=member.user, company=member.company, now=NOW - timedelta(days=9)
    )
    order.registrations.update(state="offered", offered_until=NOW + timedelta(days=1))
    assert "A place is free for Ola Demo until Tuesday 24 November at 09:00." in words(home(member.user))
    assert "Ola Demo" not in home(UserFactory())


def test_what_is_over_cancelled_or_given_up_is_not_there(member: Any) -> None:
    registration(workshop(NOW - timedelta(days=1), title="Yesterday"), member)
    called_off = registration(workshop(title="Called off"), member).event
    Event.objects.filter(pk=called_off.pk).update(status="cancelled")
    cancel(registration(workshop(title="Given up"), member), now=NOW)
    shown = home(member.user)
    for title in ("Yesterday", "Called off", "Given up"):
        assert title not in shown
    assert "Nothing with a date in the next four weeks." in words(shown)


def test_a_day_without_an_hour_and_an_event_without_a_day(member: Any) -> None:
    midnight = at(2026, 12, 1, 6)  # in Chicago
    sessions = [{"starts_at": midnight, "time_known": False}]
    registration(workshop(sessions=sessions, time_zone="America/Chicago", title="Mayo"), member)
    registration(workshop(sessions=[], title="Some day"), member, state="requested")
    shown = words(home(member.user))
    assert "Tue 1 December Mayo" in shown
    assert "Date to come Some day" in shown
    assert shown.index("Mayo") < shown.index("Some day")


# --- What was agreed -------------------------------------------------------------------------------------------------


def agree(member: Any, text: str, *, who: str = "", due: date | None = None, **fields: Any) -> ActionItem:
    advisor = UserFactory(full_name="Demo Advisor")
    given = {"written_by": advisor, "written_at": NOW - timedelta(days=2), "company": member.company, **fields}
    return ActionItem.objects.create(event=workshop(title="First call"), text=text, who=who, due=due, **given)


@pytest.mark.parametrize(
    ("due", "word"),
    [
        (date(2026, 11, 22), "Overdue"),
        (date(2026, 11, 23), "Due today"),
        (date(2026, 11, 24), "Due tomorrow"),
        (date(2026, 11, 27), ""),
    ],
)
def test_what_they_agreed_to_do_says_how_soon(member: Any, due: date, word: str) -> None:
    agree(member, "Call the hospital", who="Kari Eksempel", due=due)
    shown = home(member.user)
    assert "To do by then, agreed at “First call”." in words(shown)
    assert (f'status-act">{word}<' in shown) is bool(word)
    assert ("status-act" in shown) is bool(word)


def test_what_a_colleague_does_is_news_and_what_is_done_or_another_company_s_is_nothing(member: Any) -> None:
    agree(member, "Ask the bank", who="Ola Demo", due=date(2026, 12, 3))
    agree(member, "Long ago", who="Ola Demo", written_at=NOW - timedelta(days=40))
    agree(member, "Was done", who="Kari Eksempel", due=date(2026, 11, 24), done_at=NOW)
    agree(MembershipFactory(), "Of others", due=date(2026, 11, 24))
    shown = words(home(member.user))
    assert "Demo Advisor agreed at “First call”, Sat 21 November" in shown
    assert "Ask the bank. For Ola Demo, until Thu 3 December." in shown
    for text in ("Long ago", "Was done", "Of others"):
        assert text not in shown


# --- Evidence --------------------------------------------------------------------------------------------------------


def evidence(learner: Learner, state: EvidenceState, **entry: Any) -> Evidence:
    deeper = make_course(1, 1, title="Deeper")
    told = Evidence.objects.create(user=learner.user, company=learner.company, course=deeper, state=state)
    EvidenceEntry.objects.create(evidence=told, by=learner.user, state=EvidenceState.SENT, text="I know it.", at=NOW)
    EvidenceEntry.objects.create(evidence=told, state=state, at=NOW, **entry)
    return told


def test_an_advisor_s_question_is_feedback_and_a_next_step(learner: Learner) -> None:
    advisor = UserFactory(full_name="Demo Advisor")
    told = evidence(learner, EvidenceState.ASKED, by=advisor, text="<b>Which</b> hospital?")
    shown = home(learner.user)
    assert "Answer Demo Advisor on “Deeper”" in words(shown)
    assert "Demo Advisor on what you know before “Deeper”, Mon 23 November" in words(shown)
    assert "&lt;b&gt;Which&lt;/b&gt; hospital?" in shown
    assert "I know it." not in shown, "what they said themselves is no feedback"
    told.state = EvidenceState.SENT
    told.save()
    assert "Answer Demo Advisor" not in words(home(learner.user))


def test_what_was_accepted_is_news_for_a_while(learner: Learner) -> None:
    evidence(learner, EvidenceState.ACCEPTED, by=UserFactory(), text="")
    assert "Accepted: the course is open to you." in words(home(learner.user))
    assert "Accepted" not in words(home(learner.user, NOW + timedelta(days=61)))
    assert "Accepted" not in words(home(UserFactory()))


# --- Path, readiness, programme --------------------------------------------------------------------------------------


def path(learner: Learner, *courses: Any, **fields: Any) -> list[PathStep]:
    made = LearningPath.objects.create(company=learner.company)
    return [PathStep.objects.create(path=made, course=page, place=n, **fields) for n, page in enumerate(courses)]


def test_the_next_course_of_the_path_with_its_reason(learner: Learner) -> None:
    Topic.objects.create(key="payer", title="Who pays", title_nb="Hvem betaler")
    first, second = make_course(1, 1, title="First"), make_course(1, 1, title="Second")
    grounds = [{"topic": "payer", "value": 1.8, "level": 1}, {"topic": "gone", "value": None, "level": None}]
    step, _second = path(learner, first, second, grounds=grounds)
    shown = words(home(learner.user))
    assert "First Your company’s scores: Who pays 1.8 of 5." in shown
    assert "Second" not in shown
    assert "Hvem betaler 1,8" in words(home(learner.user, language="/nb"))
    step.reason = "Your buyer asked for it."
    step.save()
    assert "First Your buyer asked for it." in words(home(learner.user))


def test_a_step_for_others_or_completed_is_passed_over(learner: Learner) -> None:
    first, second, third = (make_course(1, 1, title=title) for title in ("First", "Second", "Third"))
    step, *_others = path(learner, first, second, third)
    step.people.add(UserFactory())
    enrolment = actions.enrol(learner.user, outline_of(second), company=learner.company)
    enrolment.completed_at = NOW
    enrolment.save()
    shown = words(home(learner.user))
    assert "Third It is on your company’s path." in shown
    assert "First" not in shown


def test_readiness_is_a_next_step_until_there_is_a_report(member: Any) -> None:
    assert "how ready your company is" not in words(home(member.user)), "there is no questionnaire"
    edition(market=2)
    assert "Find out how ready your company is" in words(home(member.user))
    answered(member, **{"market-0": 3})
    under_way = words(home(member.user, timezone.now()))
    assert "Finish the readiness assessment 1 question is answered." in under_way
    assert "Readiness assessment, under way" not in under_way, "it is said once"


def test_with_a_report_readiness_asks_for_nothing(member: Any) -> None:
    edition(market=1)
    finished(member, **{"market-0": 3})
    shown = words(home(member.user))
    assert "Find out" not in shown
    assert "under way" not in shown


def test_where_the_company_is_in_one_sentence(member: Any) -> None:
    ParticipationFactory(company=member.company, stage="drafting")
    assert "Example Medtech AS is drafting its strategy." in words(home(member.user))


# --- Whose home it is ------------------------------------------------------------------------------------------------


def test_in_several_companies_they_see_which_and_choose_here(member: Any) -> None:
    other = MembershipFactory(user=member.user, company__name="Other AS")
    agree(other, "For the other", due=date(2026, 11, 24))
    client = Client()
    client.force_login(member.user)
    shown = words(client.get("/me/").content.decode())
    assert "You act for Example Medtech AS now. Go to Other AS" in shown
    chosen = client.post(f"/company/choose/{other.company_id}/", {"next": "/me/"})
    assert chosen["Location"] == "/me/"
    with time_machine.travel(NOW, tick=False):
        shown = words(client.get("/me/").content.decode())
    assert "You act for Other AS now. Go to Example Medtech AS" in shown
    assert "For the other" in shown
    hostile = client.post(f"/company/choose/{member.company_id}/", {"next": "https://evil.example/"})
    assert hostile["Location"] == "/company/"


def test_in_no_company_they_are_told_what_to_do() -> None:
    catalog_page()
    assert "Get into your company" in words(home(UserFactory()))
    assert "Get into your company" not in words(home(UserFactory(is_staff=True)))


def test_what_waits_stands_before_the_courses(learner: Learner) -> None:
    shown = home(learner.user)
    assert shown.index('id="steps"') < shown.index('id="soon"') < shown.index('id="courses"')


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 300])
def test_everything_at_once_is_one_statement(learner: Learner, number: int, django_assert_max_num_queries: Any) -> None:
    edition(market=2)
    answered(MembershipFactory(company=learner.company), **{"market-0": 3})
    ParticipationFactory.create_batch(3, company=learner.company)
    course = make_course(1, 1, title="Deeper")
    path(learner, course, reason="Because")
    told = Evidence.objects.create(user=learner.user, company=learner.company, course=course, state="asked")
    advisor, event, now = UserFactory(), workshop(timezone.now() + timedelta(days=3)), timezone.now()
    entries = [EvidenceEntry(evidence=told, by=advisor, state="asked", text=f"Why {n}?") for n in range(number)]
    EvidenceEntry.objects.bulk_create(entries)
    order = registered(event, person(learner.user), by=learner.user, company=learner.company)
    made = Event.objects.bulk_create(
        Event(kind="workshop", title=f"Event {n}", owner=advisor, starts_at=now + timedelta(days=n + 1))
        for n in range(number)
    )
    Registration.objects.bulk_create(
        Registration(
            order=order, event=one, user=learner.user, name="K", email="k@example.org", join_key=uuid4().hex,
            state="offered" if n % 2 else "waiting", offered_until=now + timedelta(days=2) if n % 2 else None,
        )
        for n, one in enumerate(made)
    )  # fmt: skip
    ActionItem.objects.bulk_create(
        ActionItem(event=event, company=learner.company, text=f"Do {n}", due=now.date(), written_by=advisor)
        for n in range(number)
    )
    client = Client()
    client.force_login(learner.user)
    client.get("/me/")
    with django_assert_max_num_queries(6) as asked:  # session, person, version, company, what they did, all of this
        shown = words(client.get("/me/").content.decode())
    assert len(asked) == 6
    for text in ("Take the place at", "Why", "Do 0", "Continue with" if "Continue with" in shown else "Begin with"):
        assert text in shown
    assert len(shown) < 9_000
