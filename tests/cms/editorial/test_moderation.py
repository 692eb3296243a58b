"""Who decides what: by topic, and nobody else, by whatever address they try."""

from typing import Any

import pytest
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.editorial import actions
from cms.editorial.rules import Board
from cms.editorial.topics import topics_of
from cms.models import MasterclassPage, TopicApproval
from courses.models import CoursePage
from lms.accounts import roles
from lms.accounts.models import User
from tests.cms.editorial.conftest import staff
from tests.factories.cms import StandardPageFactory, TopicFactory, masterclass
from tests.factories.courses import lessons_of, make_course

pytestmark = pytest.mark.django_db


def submit(page: Any, by: User) -> TaskState:
    page.save_revision(user=by)
    state = page.get_workflow().start(page, by)
    return state.current_task_state


def decides(page: Any) -> TopicApproval:
    return page.get_workflow().tasks.get().specific


# --- The rule --------------------------------------------------------------------------------------------------------

BOARD = Board(
    staff=frozenset({1, 2, 3, 9}),
    superusers=frozenset({9}),
    moderators=frozenset({1, 2}),
    by_topic={10: frozenset({1}), 20: frozenset({2, 3}), 30: frozenset(), 40: frozenset({7})},
)


@pytest.mark.parametrize(
    ("topics", "asked"),
    [
        ({10}, {1}),
        ({10, 20}, {1, 2, 3}),
        ({30}, {1, 2}),
        ({10, 30}, {1}),
        (set(), {1, 2}),
        ({40}, {1, 2}),  # their moderator may not open the editors' part any more
        ({99}, {1, 2}),
    ],
)
def test_those_of_any_of_its_topics_are_asked_and_all_moderators_where_there_is_none(topics, asked):
    assert BOARD.asked(topics) == asked
    assert {person for person in (1, 2, 3, 7, 9) if BOARD.may_decide(person, topics)} == asked | {9}


def test_superusers_are_asked_only_where_there_is_nobody_else():
    assert Board(staff=frozenset({9}), superusers=frozenset({9})).asked({10}) == {9}


# --- Routing ---------------------------------------------------------------------------------------------------------


def test_the_workflow_is_there_after_migrations_and_making_it_again_changes_nothing():
    workflow = WorkflowPage.objects.get(page__depth=1).workflow
    assert [type(task) for task in (task.specific for task in workflow.tasks)] == [TopicApproval]
    workflow.name = "Ours"
    workflow.save()
    WorkflowPage.objects.filter(page__depth=1).delete()  # an operator takes it away
    actions.ensure_workflow()
    assert TopicApproval.objects.count() == 1
    assert not WorkflowPage.objects.filter(page__depth=1).exists()


def test_a_masterclass_has_the_topics_its_draft_names(editor):
    published, drafted = TopicFactory.create(), TopicFactory.create()
    page = masterclass(topics=[published])
    page.topics = [drafted]
    page.save_revision(user=editor)
    assert topics_of([page])[page.pk] == {drafted.pk}
    assert topics_of([Page.objects.get(pk=page.pk)])[page.pk] == {drafted.pk}


def test_courses_have_topics_and_their_parts_have_those(django_assert_num_queries):
    topic = TopicFactory.create()
    course = make_course(2, 2)
    course.topics.set([topic])
    course.save()
    course.save_revision()
    other = make_course(1, 1, key="elsewhere")
    parts = [*Page.objects.descendant_of(course, inclusive=True)]
    found = topics_of([*parts, *lessons_of(other), StandardPageFactory.create()])
    assert {pk: topics for pk, topics in found.items() if topics} == {part.pk: {topic.pk} for part in parts}
    assert isinstance(course, CoursePage)
    found = topics_of(parts)
    with django_assert_num_queries(7):
        topics_of(parts)


def test_only_the_topics_moderators_may_decide(editor, moderator, other):
    topic, elsewhere = TopicFactory.create(), TopicFactory.create()
    topic.moderators.add(moderator)
    elsewhere.moderators.add(other)
    page = masterclass(topics=[topic], publish=False)
    task_state = submit(page, editor)
    task = decides(page)
    assert [name for name, _label, _modal in task.get_actions(page, moderator)] == ["reject", "approve", "approve"]
    for person in (other, editor, staff(roles.PROGRAMME_OWNERS), staff(roles.ADVISORS)):
        assert task.get_actions(page, person) == []
        assert task.locked_for_user(page, person)
        assert list(task.get_task_states_user_can_moderate(person)) == []
    superuser = staff(is_superuser=True)
    assert task.get_actions(page, superuser)
    for person in (moderator, superuser):
        assert list(TaskState.objects.reviewable_by(person)) == [task_state]


def test_without_moderators_of_its_own_all_of_them_decide(editor, moderator, other):
    page = masterclass(topics=[TopicFactory.create()], publish=False)
    submit(page, editor)
    task = decides(page)
    assert task.get_actions(page, moderator)
    assert task.get_actions(page, other)
    assert not task.get_actions(page, editor)


def test_a_moderator_who_left_decides_no_more(editor, moderator, other):
    topic = TopicFactory.create()
    topic.moderators.add(moderator)
    page = masterclass(topics=[topic], publish=False)
    submit(page, editor)
    moderator.is_active = False
    moderator.save()
    assert not decides(page).get_actions(page, moderator)
    assert decides(page).get_actions(page, other), "nobody is left who moderates the topic: any moderator may"


def test_lessons_wait_for_their_courses_moderators(editor, moderator, other):
    topic = TopicFactory.create()
    topic.moderators.add(moderator)
    course = make_course(1, 1)
    course.topics.set([topic])
    course.save()
    lesson = lessons_of(course)[0].specific
    submit(lesson, editor)
    assert decides(lesson).get_actions(lesson, moderator)
    assert not decides(lesson).get_actions(lesson, other)


def test_what_waits_takes_the_same_queries_for_3_and_for_300(editor, moderator, django_assert_max_num_queries):
    topic = TopicFactory.create()
    topic.moderators.add(moderator)
    page = masterclass(topics=[topic], publish=False)
    submit(page, editor)
    task = decides(page)
    page_type, base = page.get_content_type(), page.get_base_content_type()

    def more(count: int) -> None:
        revision = page.get_latest_revision()
        for _n in range(count):
            copy = masterclass(page.get_parent().specific, topics=[topic], publish=False, audio=page.audio)
            state = WorkflowState(
                content_type=page_type, base_content_type=base, object_id=str(copy.pk),
                workflow=page.get_workflow(), requested_by=editor,
            )  # fmt: skip
            WorkflowState.objects.bulk_create([state])
            task_state = TaskState(workflow_state=state, revision=copy.get_latest_revision() or revision, task=task)
            task_state.save()

    more(2)
    TaskState.objects.reviewable_by(moderator).count()  # content types are remembered
    with django_assert_max_num_queries(9) as few:
        assert TaskState.objects.reviewable_by(moderator).count() == 3
    more(27)
    with django_assert_max_num_queries(len(few)):
        assert TaskState.objects.reviewable_by(moderator).count() == 30


def test_approval_publishes_also_by_a_moderator_who_is_an_editor_otherwise(editor):
    topic = TopicFactory.create()
    expert = staff(roles.EDITORS)
    topic.moderators.add(expert)
    page = masterclass(topics=[topic], publish=False)
    task_state = submit(page, editor)
    task_state.task.specific.on_action(task_state, expert, "approve", comment="Good.")
    page.refresh_from_db()
    assert page.live


def test_who_approves_while_moving_it_to_others_topic_passes_it_on(editor, moderator, other):
    mine, theirs = TopicFactory.create(), TopicFactory.create()
    mine.moderators.add(moderator)
    theirs.moderators.add(other)
    page = masterclass(topics=[mine], publish=False)
    task_state = submit(page, editor)
    page.topics = [theirs]
    page.save_revision(user=moderator)
    task = task_state.task.specific
    task.on_action(task_state, moderator, "approve")
    page = MasterclassPage.objects.get(pk=page.pk)
    assert not page.live
    waiting = page.current_workflow_task_state
    assert waiting.pk != task_state.pk
    assert list(TaskState.objects.reviewable_by(other)) == [waiting]
    assert not TaskState.objects.reviewable_by(moderator).exists()


def test_wagtails_own_workflow_still_works_beside_ours(editor, moderator):
    """An operator may put a group's step before or after: ours is a step like any other."""
    first = GroupApprovalTask.objects.create(name="Language")
    page = masterclass(publish=False)
    workflow = Workflow.objects.get(workflow_pages__page__depth=1)
    WorkflowTask.objects.create(workflow=workflow, task=first, sort_order=-1)
    submit(page, editor)
    assert page.current_workflow_task == first
