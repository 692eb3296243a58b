"""A learner in a course, ready to learn."""

from dataclasses import dataclass

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from playwright.sync_api import BrowserContext

from courses import selectors
from courses.models import CoursePage, Enrolment
from courses.selectors import Course, Place
from lms.accounts.models import Company, User
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, make_course, quiz


def outline_of(page: CoursePage) -> Course:
    """The course as published now."""
    return selectors.outline_now().by_id[page.pk]


@dataclass
class Learner:
    """Someone of a company in a course of two modules with two lessons each, a quiz in the last one."""

    user: User
    company: Company
    page: CoursePage
    enrolment: Enrolment

    @property
    def course(self) -> Course:
        return outline_of(self.page)

    def place(self, index: int) -> Place:
        return Place(self.course, self.course.lessons[index])

    @property
    def completed(self) -> bool:
        self.enrolment.refresh_from_db()
        return self.enrolment.completed_at is not None


def signed_in_at(context: BrowserContext, address: str, user: User) -> BrowserContext:
    """A browser in which this person has signed in to the site at `address`."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context


def make_learner() -> Learner:
    page = make_course(2, 2, last=[quiz()])
    user, company = UserFactory(), CompanyFactory()
    MembershipFactory(user=user, company=company)
    return Learner(user, company, page, EnrolmentFactory(user=user, course=page, company=company))


@pytest.fixture
def learner(db: None) -> Learner:
    return make_learner()


@pytest.fixture
def request_now() -> HttpRequest:
    return RequestFactory().get("/")
