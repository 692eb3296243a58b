"""Learners share what is kept of a page; what is theirs alone never reaches another."""

import re

import pytest
from django.test import Client

from courses import actions
from lms.accounts.models import User
from tests.courses.conftest import Learner
from tests.courses.test_learning import do
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, lessons_of, quiz, rewrite, worksheet

pytestmark = pytest.mark.django_db
COMPANY = "Tide & <Sons> AS"


@pytest.fixture
def others(learner: Learner) -> User:
    """Somebody of another company in the same course, whose first lesson has a quiz and a worksheet."""
    rewrite(lessons_of(learner.page)[0], quiz("first"), worksheet("sheet", ["payer"]))
    member = MembershipFactory(user=UserFactory(full_name="Ola <Other>"), company__name=COMPANY)
    EnrolmentFactory(user=member.user, course=learner.page, company=member.company)
    user: User = member.user
    return user


def page_of(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def filled_in(page: str) -> set[str]:
    """Everything in a page that is one person's: tokens, and where drafts are kept."""
    return set(re.findall(r'(?:name="(?:csrfmiddlewaretoken|token)" value|data-draft)="([^"]+)"', page))


def test_company_person_tokens_and_drafts_are_each_ones_own(learner: Learner, others: User) -> None:
    address = learner.place(0).lesson.url
    mine, theirs = page_of(learner.user, address), page_of(others, address)
    assert learner.company.name in mine
    assert learner.company.name not in theirs
    assert "Tide &amp; &lt;Sons&gt; AS" in theirs
    assert "Ola &lt;Other&gt;" in theirs
    assert COMPANY not in theirs
    assert "Ola" not in mine
    assert len(filled_in(mine)) == len(filled_in(theirs)) == 4  # one form token, the quiz's, two drafts
    assert filled_in(mine).isdisjoint(filled_in(theirs))
    assert f"quiz-{others.pk}-" in theirs


def test_a_quiz_has_a_new_token_each_time(learner: Learner, others: User) -> None:
    address = learner.place(0).lesson.url
    token = re.compile(r'name="token" value="([^"]+)"')
    assert token.findall(page_of(others, address)) != token.findall(page_of(others, address))


def test_progress_is_each_ones_own(learner: Learner, others: User) -> None:
    do(learner, 1)
    address = learner.place(0).lesson.url
    for page in (address, "/me/"):
        mine, theirs = page_of(learner.user, page), page_of(others, page)
        assert "1 of 4 lessons." in mine
        assert "1 of 4 lessons." not in theirs
    assert "(done)" in page_of(learner.user, address)
    assert "(done)" not in page_of(others, address)


def test_what_a_company_wrote_stays_with_it(learner: Learner, others: User) -> None:
    place = learner.place(0)
    page_of(others, place.lesson.url)
    questions = worksheet("sheet", ["payer"])["value"]["questions"]
    written = {"payer": actions.Written("The hospital pays.")}
    actions.save_worksheet(learner.user, place, questions, written, company=learner.company)
    assert "The hospital pays." in page_of(learner.user, place.lesson.url)
    assert "The hospital pays." not in page_of(others, place.lesson.url)


def test_each_language_has_its_own(learner: Learner, others: User) -> None:
    address = learner.place(0).lesson.url
    english, norwegian = page_of(others, address), page_of(others, f"/nb{address}")
    assert ['action="/nb/' in english, 'action="/learn/' in english] == [False, True]
    assert ['action="/nb/learn/' in norwegian, 'action="/learn/' in norwegian] == [True, False]
    assert '<h1 lang="en">' in norwegian


def test_a_change_of_the_lesson_is_seen_at_once(learner: Learner, others: User) -> None:
    address = learner.place(0).lesson.url
    page_of(others, address)
    first = lessons_of(learner.page)[0]
    first.title = "Said anew"
    first.save_revision().publish()
    assert page_of(others, address).count("Said anew") >= 3  # title, heading, sidebar
