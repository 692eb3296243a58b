"""The exact place in a lesson: kept when somebody leaves it, and where their pages lead back to."""

import re
from typing import Any

import pytest
from django.test import Client

from courses import actions, selectors
from courses.models import LessonProgress
from tests.courses.conftest import Learner
from tests.factories.accounts import UserFactory
from tests.factories.courses import paragraph, quiz, rewrite, worksheet

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def signed_in(client: Client, learner: Learner) -> Client:
    client.force_login(learner.user)
    return client


@pytest.fixture
def lesson(learner: Learner) -> Any:
    """The second lesson, of two texts, a quiz and a worksheet; opened once."""
    page = learner.course.lessons[1]
    kept = learner.page.get_descendants().get(pk=page.page_id).specific
    second = {"type": "text", "value": "Second."}
    rewrite(kept, paragraph(), second, quiz("second"), worksheet("sheet", ["who"]))
    actions.see_lesson(learner.user.pk, learner.place(1))
    return kept


def parts(learner: Learner) -> tuple[str, ...]:
    return learner.course.lessons[1].parts


def send(client: Client, lesson: Any, part: str) -> int:
    return client.post(f"/learn/lessons/{lesson.pk}/place/", {"part": part}).status_code


def place(learner: Learner) -> str:
    return LessonProgress.objects.get(enrolment=learner.enrolment, lesson=parts_lesson(learner)).place


def parts_lesson(learner: Learner) -> int:
    return learner.course.lessons[1].id


def test_every_part_of_the_page_is_known_by_its_id(signed_in: Client, learner: Learner, lesson: Any) -> None:
    page = signed_in.get(learner.course.lessons[1].url).content.decode()
    assert re.findall(r'id="([^"]+)" data-part', page) == list(parts(learner))
    assert len(parts(learner)) == 4
    assert parts(learner)[2:] == ("quiz-second", "worksheet-sheet")


def test_a_part_keeps_its_id_when_others_come_before_it(learner: Learner, lesson: Any) -> None:
    before = parts(learner)
    lesson.refresh_from_db()
    raw = [{"type": "text", "value": "New."}, *lesson.body.get_prep_value()]
    lesson.body = raw
    lesson.save_revision().publish()
    assert parts(learner)[1:] == before
    assert parts(learner)[0] not in before


def test_the_place_is_kept_and_led_back_to(signed_in: Client, learner: Learner, lesson: Any) -> None:
    part, url = parts(learner)[1], learner.course.lessons[1].url
    assert send(signed_in, lesson, part) == 204
    assert place(learner) == part
    home, course, page = (signed_in.get(address).content.decode() for address in ("/me/", learner.course.url, url))
    assert f'class="button button-main" href="{url}#{part}"' in home
    assert f'class="button button-main" href="{url}#{part}"' in course
    assert f'href="#{part}">Go on where you were' in page
    assert f'data-was-at="{part}"' in page


def test_it_is_one_statement_of_its_own(
    signed_in: Client, learner: Learner, lesson: Any, django_assert_max_num_queries: Any
) -> None:
    """Besides session, person and content version."""
    signed_in.get("/me/")
    part = parts(learner)[0]
    with django_assert_max_num_queries(4) as asked:
        assert send(signed_in, lesson, part) == 204
    assert len(asked) == 4


def test_nobody_is_led_to_the_top_of_what_they_read(signed_in: Client, learner: Learner, lesson: Any) -> None:
    send(signed_in, lesson, parts(learner)[0])
    page = signed_in.get(learner.course.lessons[1].url).content.decode()
    assert "Go on where you were" not in page


@pytest.mark.parametrize(
    "part", ["", "part-0", "quiz-other", "worksheet-", "x" * 4000, "<b>", "part-\0", "æ\U0001f600"]
)
def test_what_is_no_part_of_the_lesson_is_passed_over(
    signed_in: Client, learner: Learner, lesson: Any, part: str
) -> None:
    send(signed_in, lesson, parts(learner)[1])
    assert send(signed_in, lesson, part) == 204
    assert place(learner) == parts(learner)[1]


def test_a_part_that_is_gone_leads_to_the_lesson(signed_in: Client, learner: Learner, lesson: Any) -> None:
    send(signed_in, lesson, parts(learner)[1])
    lesson.refresh_from_db()
    lesson.body = [{"type": "text", "value": "All new."}]
    lesson.save_revision().publish()
    url = learner.course.lessons[1].url
    assert f'class="button button-main" href="{url}"' in signed_in.get("/me/").content.decode()
    assert "Go on where you were" not in signed_in.get(url).content.decode()


def test_the_place_in_one_lesson_is_not_that_in_another(signed_in: Client, learner: Learner, lesson: Any) -> None:
    send(signed_in, lesson, parts(learner)[1])
    actions.see_lesson(learner.user.pk, learner.place(2))
    taken = selectors.learner_state(learner.user.pk).enrolments[learner.course.id]
    assert taken.address_of(learner.course.lessons[2]) == learner.course.lessons[2].url
    assert taken.address_of(learner.course.lessons[1]) == learner.course.lessons[1].url


def test_only_learners_are_somewhere(client: Client, learner: Learner, lesson: Any) -> None:
    part = parts(learner)[1]
    assert send(client, lesson, part) == 404, "signed out"
    client.force_login(UserFactory())
    assert send(client, lesson, part) == 404, "in no course"
    client.force_login(learner.user)
    first = learner.course.lessons[0]
    assert client.post(f"/learn/lessons/{first.page_id}/place/", {"part": first.parts[0]}).status_code == 404, "unread"
    assert client.post("/learn/lessons/4711/place/", {"part": part}).status_code == 404
    assert client.get(f"/learn/lessons/{lesson.pk}/place/").status_code == 405


def test_a_key_too_long_to_keep_is_passed_over(signed_in: Client, learner: Learner, lesson: Any) -> None:
    key = "k" * 80
    rewrite(lesson, paragraph(), quiz(key))
    assert parts(learner)[1] == f"quiz-{key}"
    assert send(signed_in, lesson, f"quiz-{key}") == 204
    assert place(learner) == ""
