"""The outline, and what learners have done."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction

from cms.published import bump
from courses import actions, selectors
from courses.models import CoursePage, LessonPage
from courses.selectors import Place
from tests.courses.conftest import Learner, make_learner, outline_of
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import (
    EnrolmentFactory,
    QuizAttemptFactory,
    add_lesson,
    bulk_courses,
    catalog_page,
    lessons_of,
    make_course,
    quiz,
    worksheet,
)

pytestmark = pytest.mark.django_db


def fresh() -> HttpRequest:
    return RequestFactory().get("/")


class TestOutline:
    def test_answers_places_neighbours_and_totals(self) -> None:
        page = make_course(2, 2, slug="one")
        add_lesson(page.get_children().last().specific, body=[quiz("k", title="Money"), worksheet()])
        course = outline_of(page)
        assert [lesson.number for lesson in course.lessons] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
        last = course.lessons[-1]
        assert last.url == "/courses/one/module-2/lesson-3/"
        assert course.by_path["module-2", "lesson-3"] is last
        assert course.before(last) is course.lessons[3]
        assert course.after(last) is None
        assert course.before(course.lessons[0]) is None
        assert course.module_of(last).title == "Module 2"
        assert last.quizzes == (("k", "Money"),)
        assert course.sections == ("customer_and_payer",)
        assert course.quiz_count == 1

    def test_is_built_once_in_seven_statements_however_many_courses(self, django_assert_num_queries: Any) -> None:
        bulk_courses(3, modules=1, lessons=2)
        with django_assert_num_queries(8):  # the version, and seven
            assert len(selectors.outline(fresh()).courses) == 3
        with django_assert_num_queries(1):
            selectors.outline(fresh())
        bulk_courses(297, modules=1, lessons=2)
        with django_assert_num_queries(8):
            assert len(selectors.outline(fresh()).courses) == 300

    def test_leaves_out_what_is_not_published(self) -> None:
        page = make_course(2, 2)
        first = page.get_children()[0]
        first.specific.unpublish()
        lessons_of(page)[3].unpublish()
        course = outline_of(page)
        assert [lesson.page_id for lesson in course.lessons] == [lessons_of(page)[2].pk]
        page.unpublish()
        assert selectors.outline_now().courses == ()

    def test_follows_every_change_of_editors(self) -> None:
        page = make_course(1, 2)
        one, two = lessons_of(page)
        one.title = "Renamed"
        one.save_revision().publish()
        assert outline_of(page).lessons[0].title == "Renamed"
        two.move(one, pos="left")
        assert [lesson.page_id for lesson in outline_of(page).lessons] == [two.pk, one.pk]
        LessonPage.objects.get(pk=one.pk).delete()
        assert [lesson.page_id for lesson in outline_of(page).lessons] == [two.pk]

    def test_without_a_catalogue_there_are_no_courses(self) -> None:
        assert selectors.outline(fresh()).courses == ()
        catalog_page().unpublish()
        assert selectors.outline(fresh()).courses == ()

    def test_knows_who_may_see_what(self) -> None:
        page = make_course(1, 1)
        other = make_course(1, 1)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        PageViewRestriction.objects.create(page=lessons_of(other)[0], restriction_type="password", password="x")
        assert [one.kind for one in outline_of(page).lessons[0].restrictions] == ["login"]
        assert outline_of(other).restrictions == ()
        assert [one.kind for one in outline_of(other).lessons[0].restrictions] == ["password"]


@pytest.fixture
def bokmal() -> Locale:
    return Locale.objects.get_or_create(language_code="nb")[0]


def translate(page: Page, locale: Locale, **fields: Any) -> Page:
    """A published translation of a page; its parents must be translated before."""
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


class TestLanguages:
    def test_without_a_translation_readers_of_bokmal_get_english(self, bokmal: Locale) -> None:
        make_course(1, 1, slug="one", title="English")
        with override("nb"):
            course = selectors.outline(fresh()).courses[0]
        assert (course.title, course.language, course.url) == ("English", "en", "/nb/courses/one/")
        assert course.lessons[0].url == "/nb/courses/one/module-1/lesson-1/"

    def test_a_translation_takes_the_place_of_its_original_with_the_same_identity(self, bokmal: Locale) -> None:
        page, other = make_course(1, 1, title="English"), make_course(1, 1, title="Only English")
        module, lesson = page.get_children().first().specific, lessons_of(page)[0]
        catalog = page.get_parent().specific
        translate(catalog.get_parent().specific, bokmal)
        translate(catalog, bokmal, title="Kurs")
        translate(page, bokmal, title="Norsk")
        translate(module, bokmal)
        translated = translate(lesson, bokmal)
        bump()
        with override("nb"):
            outline = selectors.outline(fresh())
        assert outline.title == "Kurs"
        assert [course.title for course in outline.courses] == ["Norsk", "Only English"]
        norwegian = outline.courses[0]
        assert (norwegian.id, norwegian.lessons[0].id) == (page.pk, lesson.pk)
        assert norwegian.lessons[0].page_id == translated.pk
        assert outline.by_lesson[translated.pk].lesson is outline.by_lesson[lesson.pk].lesson
        assert [course.title for course in selectors.outline_now().courses] == ["English", "Only English"]
        assert other.pk in outline.by_id

    def test_what_is_done_in_one_language_is_done_in_the_other(self, bokmal: Locale) -> None:
        learner = make_learner()
        catalog = learner.page.get_parent().specific
        translate(catalog.get_parent().specific, bokmal)
        translate(catalog, bokmal)
        translate(learner.page, bokmal)
        for module in learner.page.get_children().specific():
            translate(module, bokmal)
        for lesson in lessons_of(learner.page):
            translate(lesson, bokmal)
        bump()
        with override("nb"):
            course = selectors.outline(fresh()).by_id[learner.page.pk]
            actions.complete_lesson(learner.user.pk, Place(course, course.lessons[0]))
        assert CoursePage.objects.count() == 2
        assert selectors.learner_state(learner.user.pk).progress(learner.course).lessons_done == 1


class TestLearners:
    def test_one_statement_for_everything_somebody_did(self, learner: Learner, django_assert_num_queries: Any) -> None:
        actions.see_lesson(learner.user.pk, learner.place(1))
        actions.complete_lesson(learner.user.pk, learner.place(0))
        with django_assert_num_queries(1):
            state = selectors.learner_state(learner.user.pk)
        taken = state.enrolments[learner.page.pk]
        assert state.done == {learner.place(0).lesson.id}
        assert taken.last_lesson == learner.place(0).lesson.id
        assert taken.last_seen.tzinfo is not None
        assert taken.completed_at is None

    def test_one_statement_for_many_people(self, learner: Learner, django_assert_num_queries: Any) -> None:
        others = [EnrolmentFactory(course=learner.page) for _n in range(30)]
        enrolments = [learner.enrolment, *others]
        selectors.outline_now()
        with django_assert_num_queries(2):  # the version, and one
            progress = selectors.progress_of(enrolments)
        assert {one.sentence for one in progress.values()} == {"0 of 4 lessons. Quizzes: 0 of 1 passed."}

    def test_nobody_costs_nothing(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert dict(selectors.states([])) == {}

    def test_a_course_that_is_gone_still_has_a_progress(self, learner: Learner) -> None:
        learner.page.unpublish()
        assert selectors.progress_of([learner.enrolment])[learner.enrolment.pk].sentence == "0 of 0 lessons."

    def test_the_same_quiz_id_in_another_course_is_another_quiz(self, learner: Learner) -> None:
        other = make_course(1, 1, body=[quiz()])
        EnrolmentFactory(user=learner.user, course=other)
        QuizAttemptFactory(enrolment=learner.enrolment, lesson=lessons_of(learner.page)[3])
        state = selectors.learner_state(learner.user.pk)
        assert state.passed_in(learner.course) == {"quiz"}
        assert state.passed_in(outline_of(other)) == set()


class TestCompanies:
    def test_sums_up_how_a_company_does(self, learner: Learner) -> None:
        colleague = MembershipFactory(company=learner.company).user
        for n in range(4):
            actions.complete_lesson(learner.user.pk, learner.place(n))
        told = selectors.company_progress([learner.company.pk], [learner.page.pk])[learner.company.pk]
        assert (told.people, told.started, told.completed) == (2, 1, 0)
        assert (told.lessons_done, told.lessons) == (4, 4)
        assert told.last_active is not None
        assert told.sentence == "1 of 2 people have started, 0 have completed a course."
        assert colleague.pk

    def test_a_fixed_number_of_statements(self, learner: Learner, django_assert_num_queries: Any) -> None:
        ids = [learner.company.pk]
        for _n in range(20):
            membership = MembershipFactory()
            EnrolmentFactory(user=membership.user, company=membership.company, course=learner.page)
            ids.append(membership.company_id)
        selectors.outline_now()
        with django_assert_num_queries(4):
            told = selectors.company_progress(ids, [learner.page.pk])
        assert {one.started for one in told.values()} == {1}

    def test_an_enrolment_stays_with_the_company_it_was_taken_for(self, learner: Learner) -> None:
        learner.user.memberships.update(state="left")
        told = selectors.company_progress([learner.company.pk])[learner.company.pk]
        assert (told.people, told.started) == (0, 1)

    def test_other_courses_and_companies_do_not_count(self, learner: Learner) -> None:
        elsewhere = make_course(1, 1)
        assert selectors.company_progress([learner.company.pk], [elsewhere.pk])[learner.company.pk].started == 0
        other = MembershipFactory(user=UserFactory()).company
        assert selectors.company_progress([other.pk], [learner.page.pk])[other.pk].started == 0
