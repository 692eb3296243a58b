"""Starting, reading and completing; and what happens when the course changes meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from courses import actions, selectors
from courses.actions import learning
from courses.models import Enrolment, LessonPage, LessonProgress
from courses.rules import Quiz, quiz_from
from tests.courses.conftest import Learner, outline_of
from tests.factories.accounts import UserFactory
from tests.factories.courses import add_lesson, add_module, lessons_of, make_course, quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_settled() -> None:
    learning._settled_version.clear()


def asked(learner: Learner, index: int) -> Quiz:
    body = selectors.lesson_body(learner.place(index).lesson.page_id)
    assert body is not None
    return quiz_from(body.of_type("quiz")[0], 70)


def answer(learner: Learner, index: int = 3, *, right: bool = True, **kwargs: Any) -> Any:
    """Send the quiz of a lesson: “Yes” is right."""
    given = asked(learner, index)
    option = next(one for one in given.questions[0].options if (one.weight == 100) == right)
    kwargs.setdefault("token", uuid4())
    return actions.submit_quiz(learner.user.pk, learner.place(index), given, answers={"q1": [option.id]}, **kwargs)


def do(learner: Learner, *indexes: int) -> None:
    for index in indexes:
        actions.complete_lesson(learner.user.pk, learner.place(index))


def progress(learner: Learner) -> Any:
    return selectors.learner_state(learner.user.pk).progress(learner.course)


class TestEnrol:
    def test_twice_is_once(self, learner: Learner) -> None:
        other = outline_of(make_course())
        first = actions.enrol(learner.user, other, company=learner.company)
        second = actions.enrol(learner.user, other, company=None)
        assert first == second
        assert second.company == learner.company

    def test_without_a_company(self) -> None:
        assert actions.enrol(UserFactory(), outline_of(make_course()), company=None).company is None


class TestSee:
    def test_counts_visits(self, learner: Learner) -> None:
        actions.see_lesson(learner.user.pk, learner.place(0), now=NOW)
        assert actions.see_lesson(learner.user.pk, learner.place(0), now=NOW + timedelta(hours=1)) == actions.Seen(
            learner.enrolment.pk, ""
        )
        seen = LessonProgress.objects.get()
        assert (seen.views, seen.first_seen, seen.last_seen) == (2, NOW, NOW + timedelta(hours=1))
        assert seen.completed_at is None

    def test_somebody_who_has_not_started_leaves_no_trace(self, learner: Learner) -> None:
        assert actions.see_lesson(UserFactory().pk, learner.place(0)) is None
        assert not LessonProgress.objects.exists()


class TestComplete:
    def test_again_changes_nothing(self, learner: Learner) -> None:
        actions.complete_lesson(learner.user.pk, learner.place(0), now=NOW)
        actions.complete_lesson(learner.user.pk, learner.place(0), now=NOW + timedelta(days=1))
        done = LessonProgress.objects.get()
        assert (done.completed_at, done.views) == (NOW, 1)

    def test_keeps_the_revision_that_was_completed(self, learner: Learner) -> None:
        lesson = lessons_of(learner.page)[0]
        first = lesson.save_revision()
        first.publish()
        do(learner, 0)
        lesson.refresh_from_db()
        lesson.save_revision().publish()
        do(learner, 0)
        assert LessonProgress.objects.get().completed_revision == first.pk

    def test_seen_before_is_completed_all_the_same(self, learner: Learner) -> None:
        actions.see_lesson(learner.user.pk, learner.place(0))
        do(learner, 0)
        assert LessonProgress.objects.get().completed_at is not None

    def test_somebody_who_has_not_started(self, learner: Learner) -> None:
        with pytest.raises(actions.NotEnrolled):
            actions.complete_lesson(UserFactory().pk, learner.place(0))

    def test_the_last_step_completes_the_course_once(self, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        assert not learner.completed, "the quiz is still to pass"
        step = answer(learner, now=NOW)[1]
        assert step.completed_course
        assert learner.completed
        again = actions.complete_lesson(learner.user.pk, learner.place(0), now=NOW + timedelta(days=3))
        assert not again.completed_course
        learner.enrolment.refresh_from_db()
        assert learner.enrolment.completed_at == NOW

    def test_a_lesson_can_be_the_last_step_too(self, learner: Learner) -> None:
        answer(learner)
        do(learner, 0, 1, 2)
        assert actions.complete_lesson(learner.user.pk, learner.place(3)).completed_course

    def test_a_failed_quiz_does_not_complete(self, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner, right=False)
        assert not learner.completed

    def test_another_persons_steps_do_not_count(self, learner: Learner) -> None:
        other = actions.enrol(UserFactory(), learner.course, company=None)
        do(learner, 0, 1, 2, 3)
        answer(learner)
        other.refresh_from_db()
        assert other.completed_at is None


class TestContentThatChanges:
    """The table in docs/decisions/0007-progress.md, row by row."""

    def test_an_edited_lesson_stays_done(self, learner: Learner) -> None:
        do(learner, 0)
        lesson = lessons_of(learner.page)[0]
        lesson.body = [{"type": "text", "value": "All different."}]
        lesson.save_revision().publish()
        assert progress(learner).lessons_done == 1

    def test_an_unpublished_lesson_stops_counting_and_counts_again_when_it_is_back(self, learner: Learner) -> None:
        do(learner, 0)
        lesson = lessons_of(learner.page)[0]
        lesson.unpublish()
        assert (progress(learner).lessons_done, progress(learner).lessons) == (0, 3)
        lesson.refresh_from_db()
        lesson.save_revision().publish()
        assert (progress(learner).lessons_done, progress(learner).lessons) == (1, 4)

    def test_taking_away_the_last_thing_left_completes(self, learner: Learner) -> None:
        do(learner, 0, 1, 2)
        assert actions.settle_completions(now=NOW) == 0
        lessons_of(learner.page)[3].unpublish()
        assert actions.settle_completions(now=NOW) == 1
        learner.enrolment.refresh_from_db()
        assert learner.enrolment.completed_at == NOW
        assert actions.settle_completions() == 0, "once"

    def test_taking_away_everything_completes_nobody(self, learner: Learner) -> None:
        do(learner, 0)
        for lesson in lessons_of(learner.page):
            lesson.unpublish()
        assert actions.settle_completions() == 0

    def test_a_course_taken_away_completes_nobody(self, learner: Learner) -> None:
        do(learner, 0, 1, 2)
        learner.page.unpublish()
        assert actions.settle_completions() == 0
        assert Enrolment.objects.count() == 1

    def test_a_lesson_moved_in_its_course_stays_done(self, learner: Learner) -> None:
        do(learner, 0)
        lessons_of(learner.page)[0].move(lessons_of(learner.page)[1], pos="right")
        assert [lesson.title for lesson in learner.course.lessons[:2]] == ["Lesson 2", "Lesson 1"]
        assert progress(learner).lessons_done == 1
        assert progress(learner).lessons == 4

    def test_a_lesson_moved_to_another_course_counts_there(self, learner: Learner) -> None:
        do(learner, 3)
        answer(learner)
        other = make_course(0)
        module = add_module(other, 0)
        actions.enrol(learner.user, outline_of(other), company=None)
        lessons_of(learner.page)[3].move(module, pos="last-child")
        assert (progress(learner).lessons_done, progress(learner).quizzes) == (0, 0)
        there = selectors.learner_state(learner.user.pk).progress(outline_of(other))
        assert there.complete
        assert actions.settle_completions() == 1

    def test_starting_a_course_whose_lessons_are_all_done_completes_it(self, learner: Learner) -> None:
        do(learner, 0)
        other = make_course(0)
        lessons_of(learner.page)[0].move(add_module(other, 0), pos="last-child")
        assert actions.enrol(learner.user, outline_of(other), company=None).pk
        assert Enrolment.objects.get(course=other).completed_at is not None

    def test_a_quiz_moved_to_another_lesson_of_the_course_stays_passed(self, learner: Learner) -> None:
        answer(learner)
        one, *_rest, last = lessons_of(learner.page)
        last.body = [{"type": "text", "value": "No quiz here."}]
        last.save_revision().publish()
        one.body = [quiz()]
        one.save_revision().publish()
        assert progress(learner).quizzes_passed == 1

    def test_a_lesson_added_before_completion_is_to_be_done(self, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        add_lesson(learner.page.get_children().last().specific)
        answer(learner)
        assert not learner.completed
        assert progress(learner).sentence == "4 of 5 lessons. Quizzes: 1 of 1 passed."

    def test_a_lesson_added_after_completion_takes_nothing_back(self, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner)
        add_lesson(learner.page.get_children().last().specific, body=[quiz("second")])
        told = progress(learner)
        assert learner.completed
        assert (told.complete, told.percent) == (True, 100)
        assert told.sentence.startswith("Completed. 2 steps are new")

    def test_an_edited_quiz_leaves_results_as_they_were(self, learner: Learner) -> None:
        attempt = answer(learner)[0]
        lesson = lessons_of(learner.page)[3]
        lesson.body = [quiz(title="Harder")]
        lesson.save_revision().publish()
        attempt.refresh_from_db()
        assert attempt.passed
        assert attempt.result["title"] == "Check yourself"
        assert progress(learner).quizzes_passed == 1

    def test_a_higher_pass_mark_leaves_what_was_passed(self, learner: Learner) -> None:
        answer(learner)
        learner.page.pass_percent = 100
        learner.page.save_revision().publish()
        assert progress(learner).quizzes_passed == 1

    def test_a_quiz_with_a_new_id_is_a_new_quiz(self, learner: Learner) -> None:
        answer(learner)
        lesson = lessons_of(learner.page)[3]
        lesson.body = [quiz("renamed")]
        lesson.save_revision().publish()
        assert progress(learner).quizzes_passed == 0

    def test_the_database_refuses_to_delete_what_results_refer_to(self, learner: Learner) -> None:
        do(learner, 0)
        with pytest.raises(ProtectedError):
            LessonPage.objects.get(pk=learner.place(0).lesson.page_id).delete()


class TestSweep:
    def test_looks_at_everybody_once_a_version_and_then_at_recent_ones_only(self, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner)
        assert actions.settle_completions() == 0
        Enrolment.objects.update(completed_at=None)  # as if the last step had crossed with a publication
        LessonProgress.objects.update(last_seen=timezone.now() - timedelta(hours=1))
        learner.enrolment.attempts.update(submitted_at=timezone.now() - timedelta(hours=1))
        assert actions.settle_completions() == 0, "not recent, and nothing was published"
        LessonProgress.objects.update(last_seen=timezone.now())
        assert actions.settle_completions() == 1

    def test_takes_as_many_statements_for_three_as_for_thirty(
        self, learner: Learner, django_assert_max_num_queries: Any
    ) -> None:
        for _n in range(30):
            user = UserFactory()
            actions.enrol(user, learner.course, company=None)
            actions.complete_lesson(user.pk, learner.place(0))
        with django_assert_max_num_queries(12):
            actions.settle_completions()


def test_has_results_finds_results_of_every_kind(learner: Learner) -> None:
    assert not selectors.has_results([lessons_of(learner.page)[0].pk])
    assert selectors.has_results([learner.page.pk])
    do(learner, 0)
    assert selectors.has_results([lessons_of(learner.page)[0].pk])
