"""What a request may ask of the database, with a warm process, at 3 and at 300 courses."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from courses import actions, selectors
from courses.rules import quiz_from
from courses.selectors import Place
from tests.courses.conftest import Learner, make_learner, outline_of
from tests.factories.courses import bulk_courses, make_course, quiz, worksheet

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SIZES = [pytest.param(3, id="3 courses"), pytest.param(300, id="300 courses")]


@pytest.fixture
def signed_in(client: Client, learner: Learner) -> Client:
    client.force_login(learner.user)
    return client


def cost(client: Client, url: str, asserts: Any, most: int) -> None:
    """The second answer, from a warm process, takes at most so many statements."""
    client.get(url)
    with asserts(most):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_catalogue(learner: Learner, size: int, django_assert_max_num_queries: Any) -> None:
    """For everybody, and for somebody who learns."""
    bulk_courses(size, modules=1, lessons=1)
    cost(Client(), "/courses/?fresh", django_assert_max_num_queries, 1)
    signed_in = Client()
    signed_in.force_login(learner.user)
    cost(signed_in, "/courses/", django_assert_max_num_queries, 4)


@pytest.mark.parametrize("size", SIZES)
def test_learning(signed_in: Client, learner: Learner, size: int, django_assert_max_num_queries: Any) -> None:
    """Home with nine courses, a course, a lesson, marking it as done; with four lessons in each of the other courses.

    Savepoint and release are counted in the last; in production they are BEGIN and COMMIT.
    """
    bulk_courses(size, modules=2, lessons=2)
    for course in selectors.outline_now().courses[1:9]:
        actions.enrol(learner.user, course, company=learner.company)
    course, lesson = learner.place(0)
    cost(signed_in, "/me/", django_assert_max_num_queries, 8)
    cost(signed_in, course.url, django_assert_max_num_queries, 4)
    cost(signed_in, lesson.url, django_assert_max_num_queries, 6)
    with django_assert_max_num_queries(7):
        assert signed_in.post(f"/learn/lessons/{lesson.page_id}/done/").status_code == 302


def test_lesson_with_quiz_and_worksheet(client: Client, django_assert_max_num_queries: Any) -> None:
    learner = make_learner()
    page = make_course(1, 1, body=[quiz(), worksheet()])
    course = outline_of(page)
    actions.enrol(learner.user, course, company=learner.company)
    client.force_login(learner.user)
    lesson = course.lessons[0]
    cost(client, lesson.url, django_assert_max_num_queries, 8)  # a quiz nobody has tried is not looked up
    place = Place(course, lesson)
    body = selectors.lesson_body(lesson.page_id)
    assert body is not None
    asked = quiz_from(body.of_type("quiz")[0], course.pass_percent)
    wrong = {one.key: [next(option.id for option in one.options if not option.weight)] for one in asked.questions}
    actions.submit_quiz(learner.user.pk, place, asked, token=uuid4(), answers=wrong)
    cost(client, lesson.url, django_assert_max_num_queries, 9)
    assert b"Try again" in client.get(lesson.url).content, "a failed attempt is shown again"
