"""The mail that asks a colleague to go on: what it names, and when it is not sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from courses.models import LearningPath, PathStep
from courses.team.actions import nudge, nudge_idle
from lms.accounts import actions
from lms.accounts.models import Membership
from lms.notifications.models import Message
from lms.notifications.tasks import send_due
from tests.factories.accounts import MembershipFactory
from tests.factories.courses import EnrolmentFactory, make_course
from tests.factories.readiness import answered, edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, user__full_name="Astri Admin", company__name="Sensors AS")


@pytest.fixture
def kari(admin: Membership) -> Membership:
    return MembershipFactory(company=admin.company)


def sent() -> tuple[str, str]:
    """The subject and text of the one mail that went out."""
    send_due()
    [letter] = mail.outbox
    return letter.subject, str(letter.body)


def test_it_names_who_asks_the_next_lesson_the_path_and_the_assessment(admin: Membership, kari: Membership) -> None:
    course = make_course(1, 2, title="Who pays")
    EnrolmentFactory(user=kari.user, company=admin.company, course=course)
    path = LearningPath.objects.create(company=admin.company)
    PathStep.objects.create(path=path, course=make_course(title="For everybody"))
    PathStep.objects.create(path=path, course=make_course(title="For another")).people.add(admin.user)
    edition(market=3)
    answered(admin, **{"market-0": 2})
    nudge(kari, by=admin.user)
    subject, text = sent()
    assert subject == "Astri Admin asks you to go on with “Who pays”"
    for line in ("Next in “Who pays”: lesson 1.1, Lesson 1.", "“For everybody”", "2 questions left", "Sensors AS"):
        assert line in text
    assert "For another" not in text
    assert f"/courses/{course.slug}/module-1/lesson-1/" in text


def test_who_has_begun_nothing_is_asked_to_choose(admin: Membership, kari: Membership) -> None:
    nudge(kari, by=admin.user)
    subject, text = sent()
    assert subject == "Astri Admin asks you to begin"
    assert "/courses/" in text


def test_it_is_in_the_language_of_the_person(admin: Membership, kari: Membership) -> None:
    kari.user.language = "nb"
    kari.user.save()
    nudge(kari, by=admin.user)
    assert "/nb/courses/" in sent()[1]


@pytest.mark.parametrize("why", ["left", "done", "asker gone"])
def test_what_no_longer_applies_is_cancelled(admin: Membership, kari: Membership, why: str) -> None:
    taken = EnrolmentFactory(user=kari.user, company=admin.company, started_at=timezone.now() - timedelta(days=20))
    assert nudge_idle(admin, by=admin.user) == 1
    if why == "left":
        actions.leave(kari)
    elif why == "done":
        taken.completed_at = timezone.now()
        taken.save()
    else:
        admin.user.delete()
    send_due()
    assert not mail.outbox
    assert Message.objects.get(recipient=kari.user).state == "cancelled"
