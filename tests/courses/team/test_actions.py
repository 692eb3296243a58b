"""Reminding and giving on: once, for whom something waits, in one company."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import ModelLogEntry

from courses.models import Enrolment, LearningPath, PathStep
from courses.team import actions
from courses.team.actions import Refused
from lms.accounts.models import Membership
from lms.notifications.models import Message
from tests.factories.accounts import CompanyFactory, MembershipFactory
from tests.factories.courses import EnrolmentFactory, make_course

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True)


def colleague_of(admin: Membership, **about: object) -> Membership:
    return MembershipFactory(company=admin.company, **about)


def test_reminded_once_a_day_by_whomever_and_again_the_next_day(admin: Membership) -> None:
    kari, second = colleague_of(admin), colleague_of(admin, role="admin")
    assert actions.nudge(kari, by=admin.user, now=NOW)
    for by in (admin, second):
        assert not actions.nudge(kari, by=by.user, now=NOW + timedelta(hours=2))
        actions.nudge_idle(by, by=by.user, now=NOW + timedelta(hours=3))
    assert Message.objects.filter(recipient=kari.user).count() == 1
    assert actions.nudge(kari, by=second.user, now=NOW + timedelta(days=1))
    assert Message.objects.filter(recipient=kari.user).count() == 2


def test_the_day_is_that_of_the_person(admin: Membership) -> None:
    kari = colleague_of(admin, user__time_zone="Pacific/Auckland")
    assert actions.nudge(kari, by=admin.user, now=NOW - timedelta(hours=2))  # 23:00 there
    assert actions.nudge(kari, by=admin.user, now=NOW)  # 01:00 the day after


def test_nobody_is_reminded_who_left_is_oneself_or_has_nothing_to_do(admin: Membership) -> None:
    done = colleague_of(admin)
    taken = EnrolmentFactory(user=done.user, company=admin.company, course=make_course(0, 0))
    taken.completed_at = NOW
    taken.save()
    for whom, why in [
        (colleague_of(admin, state="left"), "not in the company"),
        (colleague_of(admin, state="asked"), "not in the company"),
        (colleague_of(admin, user__is_active=False), "not in the company"),
        (admin, "This is you"),
        (done, "Nothing waits"),
    ]:
        with pytest.raises(Refused, match=why):
            actions.nudge(whom, by=admin.user, now=NOW)
    assert not Message.objects.exists()


def test_all_idle_ones_are_logged_in_one_line(admin: Membership) -> None:
    for _person in range(3):
        colleague_of(admin)
    colleague_of(admin, state="asked")
    colleague_of(admin, user__is_active=False)
    assert [actions.nudge_idle(admin, by=admin.user, now=NOW) for _again in range(2)] == [3, 0]
    assert len(ModelLogEntry.objects.get(action="team.nudge").data["people"]) == 3


# --- Giving on -------------------------------------------------------------------------------------------------------


def step_for(*people: Membership) -> PathStep:
    path, _made = LearningPath.objects.get_or_create(company=people[0].company)
    step: PathStep = PathStep.objects.create(path=path, course=make_course())
    step.people.set([one.user for one in people])
    return step


def test_what_is_not_begun_goes_to_the_colleague_once(admin: Membership) -> None:
    kari, brage = colleague_of(admin), colleague_of(admin)
    alone, begun, shared = step_for(kari), step_for(kari), step_for(kari, brage)
    EnrolmentFactory(user=kari.user, course=begun.course, company=admin.company)
    assert actions.reassign(kari, brage, by=admin.user) == 2
    assert actions.reassign(kari, brage, by=admin.user) == 0
    assert list(alone.people.all()) == [brage.user]
    assert list(shared.people.all()) == [brage.user]
    assert list(begun.people.all()) == [kari.user]
    path = LearningPath.objects.get()
    assert (path.version, path.adjusted_by) == (2, admin.user)
    assert ModelLogEntry.objects.get(action="team.reassign").data["number"] == 2
    assert Enrolment.objects.get().user == kari.user


def test_a_step_for_everybody_and_another_companys_stay(admin: Membership) -> None:
    kari, brage = colleague_of(admin), colleague_of(admin)
    path = LearningPath.objects.create(company=admin.company)
    everybody = PathStep.objects.create(path=path, course=make_course())
    elsewhere = MembershipFactory(user=kari.user, company=CompanyFactory())
    theirs = step_for(elsewhere)
    assert actions.reassign(kari, brage, by=admin.user) == 0
    assert not everybody.people.exists()
    assert list(theirs.people.all()) == [kari.user]


@pytest.mark.parametrize("state", ["left", "asked", "declined"])
def test_both_must_be_in_the_company(admin: Membership, state: str) -> None:
    kari, gone = colleague_of(admin), colleague_of(admin, state=state)
    step = step_for(kari)
    stranger = MembershipFactory()
    for giver, taker in [(kari, gone), (gone, kari), (kari, stranger), (kari, kari)]:
        with pytest.raises(Refused, match="Choose a colleague"):
            actions.reassign(giver, taker, by=admin.user)
    assert list(step.people.all()) == [kari.user]
