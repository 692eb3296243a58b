"""Courses among what visitors find: published ones, in the reader's language, with their open lesson and its words."""

import pytest
from wagtail.models import PageViewRestriction

from cms.rules import ANYBODY, Visitor
from courses.models import CoursePage
from courses.selectors import findable
from tests.factories.cms import TopicFactory
from tests.factories.courses import bulk_courses, lessons_of, make_course, quiz, worksheet

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_course_and_its_first_lesson_are_found():
    topic = TopicFactory.create()
    page = make_course(2, 2, title="First steps", summary="In short.", level=2)
    page.topics = [topic]
    page.save_revision().publish()
    course, lesson = findable.items("en")
    assert (course.key, course.kind) == (f"course-{page.pk}", "course")
    assert (course.title, course.summary) == ("First steps", "In short.")
    assert (course.url, course.level, course.size) == ("/courses/course-1/", 2, "4 lessons")
    assert course.topics == lesson.topics == {topic.pk}
    assert (lesson.key, lesson.kind) == (f"lesson-{lessons_of(page)[0].pk}", "lesson")
    assert lesson.url == "/courses/course-1/module-1/lesson-1/"
    assert course.access.is_open


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


def test_passages_have_the_words_of_open_lessons_and_no_answers():
    page = make_course(1, 2, outcomes="Tell cleared from covered\n\nName a payer")
    first, second = lessons_of(page)
    first.body = [{"type": "text", "value": "A **device** &amp; its\n\npayer."}, quiz(), worksheet()]
    first.save_revision().publish()
    second.body = [{"type": "text", "value": "Behind the start."}]
    second.save_revision().publish()
    found = [(key, passage.text) for key, passage in findable.passages("en")]
    assert (f"course-{page.pk}", "Name a payer") in found
    assert [text for key, text in found if key.startswith("lesson-")] == ["A device & its payer."]
    assert "Behind the start." not in str(found)


def test_it_takes_the_same_statements_for_3_and_300_courses(django_assert_num_queries):
    for count in (3, 297):
        bulk_courses(count, 1, 2)
        with django_assert_num_queries(6):
            list(findable.items("en"))
        with django_assert_num_queries(6):
            list(findable.passages("en"))
