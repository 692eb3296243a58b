"""Courses among what visitors find: published ones, in the reader's language, with their lessons and their words.

A course's first lesson is open; the others are found by those who started the course.
"""

import pytest
from wagtail.models import PageViewRestriction

from cms.access import visitor_for
from cms.rules import ANYBODY, Visitor
from courses.models import CoursePage
from courses.selectors import findable
from tests.factories.accounts import UserFactory
from tests.factories.cms import TopicFactory
from tests.factories.courses import EnrolmentFactory, bulk_courses, lessons_of, make_course, quiz, rewrite, worksheet

pytestmark = pytest.mark.django_db


def test_a_course_and_its_lessons_are_found():
    topic = TopicFactory.create()
    page = make_course(2, 2, title="First steps", summary="In short.", level=2, topics=[topic])
    course, *lessons = findable.items("en")
    assert (course.key, course.kind) == (f"course-{page.pk}", "course")
    assert (course.title, course.summary) == ("First steps", "In short.")
    assert (course.url, course.level, course.size) == ("/courses/course-1/", 2, "4 lessons")
    assert course.access.is_open
    assert [lesson.key for lesson in lessons] == [f"lesson-{lesson.pk}" for lesson in lessons_of(page)]
    assert {lesson.kind for lesson in lessons} == {"lesson"}
    assert {one.topics for one in (course, *lessons)} == {frozenset({topic.pk})}
    assert lessons[0].url == "/courses/course-1/module-1/lesson-1/"


def test_lessons_after_the_first_are_for_those_who_started_the_course():
    page, started, other = make_course(2, 1), UserFactory(), UserFactory()
    EnrolmentFactory(user=started, course=page)
    EnrolmentFactory(user=other, course=make_course())
    first, second = (f"lesson-{lesson.pk}" for lesson in lessons_of(page))
    access = {item.key: item.access for item in findable.items("en")}
    seen = [
        [visitor.may_see(access[key]) for key in (first, second)]
        for visitor in (ANYBODY, visitor_for(other), visitor_for(started))
    ]
    assert seen == [[True, False], [True, False], [True, True]]


def test_an_unpublished_course_is_not():
    make_course().unpublish()
    assert list(findable.items("en")) == []
    assert list(findable.passages("en")) == []


def test_a_private_course_says_so():
    page = make_course()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for item in findable.items("en"):
        assert not ANYBODY.may_see(item.access)
        assert Visitor(signed_in=True).may_see(item.access)


def test_a_translation_takes_the_place_of_the_original_and_keeps_its_key():
    english = make_course(title="First steps", key="steps")
    norwegian = make_course(title="Første skritt", key="steps", language="nb")
    CoursePage.objects.filter(pk=norwegian.pk).update(translation_key=english.translation_key)
    only_english = make_course(title="Later steps")
    found = {item.key: item for item in findable.items("nb") if item.kind == "course"}
    assert (found[f"course-{english.pk}"].title, found[f"course-{english.pk}"].language) == ("Første skritt", "nb")
    assert found[f"course-{only_english.pk}"].language == "en"


def test_passages_have_the_words_of_lessons_under_their_lesson_and_no_answers():
    """A lesson's words stand under the lesson's key, so that whoever may not see the lesson does not find them."""
    page = make_course(1, 2, outcomes="Tell cleared from covered\n\nName a payer")
    first, second = lessons_of(page)
    rewrite(first, {"type": "text", "value": "A **device** &amp; its\n\npayer."}, quiz(), worksheet())
    rewrite(second, {"type": "text", "value": "Behind the start."})
    found = [(key, passage.text) for key, passage in findable.passages("en")]
    assert (f"course-{page.pk}", "Name a payer") in found
    assert [(key, text) for key, text in found if key.startswith("lesson-")] == [
        (f"lesson-{first.pk}", "A device & its payer."),
        (f"lesson-{second.pk}", "Behind the start."),
    ]
    assert "Behind the start." not in str([text for key, text in found if key.startswith("course-")])


def test_it_takes_the_same_statements_for_3_and_300_courses(django_assert_num_queries):
    for count in (3, 297):
        bulk_courses(count, 1, 2)
        with django_assert_num_queries(7):
            list(findable.items("en"))
        with django_assert_num_queries(8):
            list(findable.passages("en"))
