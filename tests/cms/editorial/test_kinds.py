"""The mails of moderation: to the right people, once, with what is true when they are sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import Comment, TaskState
from wagtail.users.models import UserProfile

from lms.accounts import roles
from lms.accounts.models import User
from lms.notifications import tasks
from lms.notifications.models import Message
from tests.cms.editorial.conftest import staff
from tests.cms.editorial.test_moderation import submit
from tests.factories.cms import TopicFactory, masterclass

pytestmark = pytest.mark.django_db(transaction=True)  # a message is claimed in a transaction of its own


@pytest.fixture
def topic(moderator: User) -> Any:
    topic = TopicFactory.create()
    topic.moderators.add(moderator)
    return topic


@pytest.fixture
def page(topic: Any, editor: User, other: User) -> Any:
    """A draft of the editor's, under a topic the moderator has and the other has not."""
    page = masterclass(topics=[topic], publish=False, title="Who pays?")
    page.owner = editor
    page.save()
    return page


def decide(task_state: TaskState, by: User, action: str, comment: str = "") -> None:
    task_state.task.specific.on_action(task_state, by, action, comment=comment)


def sent() -> list[tuple[str, str]]:
    """Sends what is due; (recipient, subject) of what went out."""
    mail.outbox.clear()
    tasks.send_due()
    return sorted((letter.to[0], letter.subject) for letter in mail.outbox)


def test_the_topics_moderators_are_asked_once_with_who_what_and_where(page, editor, moderator, settings):
    staff(roles.MODERATORS)
    staff(is_superuser=True)
    Comment.objects.create(page=page, user=editor, text="Is the figure right?", contentpath="summary")
    submit(page, editor)
    assert mail.outbox == [], "Wagtail mails nobody itself"
    assert sent() == [(moderator.email, "“Who pays?” waits for your decision")]
    (letter,) = mail.outbox
    assert "Demo Editor has finished “Who pays?”" in letter.body
    assert "“Is the figure right?”" in letter.body
    assert f"{settings.SITE_URL}/admin/pages/{page.pk}/edit/" in letter.body
    assert sent() == []


def test_the_one_who_asks_is_not_asked(topic, page, editor, moderator):
    topic.moderators.add(editor)
    submit(page, editor)
    assert [to for to, _subject in sent()] == [moderator.email]


def test_what_was_decided_before_the_mail_goes_out_is_not_asked_for(page, editor, moderator):
    decide(submit(page, editor), moderator, "approve")
    assert sent() == [(editor.email, "“Who pays?” is published")]


def test_who_moderates_the_topic_no_more_is_not_asked(topic, page, editor, moderator):
    submit(page, editor)
    topic.moderators.clear()
    moderator.groups.clear()
    assert sent() == []
    assert Message.objects.get(recipient=moderator).state == "cancelled"


def test_a_deleted_page_is_nobodys_business(page, editor):
    submit(page, editor)
    page.delete()
    assert sent() == []


def test_changes_are_asked_for_with_the_comment_and_the_next_round_is_asked_again(page, editor, moderator):
    task_state = submit(page, editor)
    sent()
    decide(task_state, moderator, "reject", comment="Say which ward.")
    assert sent() == [(editor.email, "“Who pays?” needs changes")]
    assert "“Say which ward.”" in mail.outbox[0].body
    assert "Demo Moderator has read" in mail.outbox[0].body
    page.refresh_from_db()
    page.save_revision(user=editor)
    page.current_workflow_state.resume(editor)
    assert sent() == [(moderator.email, "“Who pays?” waits for your decision")]


def test_changes_that_are_made_already_are_not_asked_for(page, editor, moderator):
    decide(submit(page, editor), moderator, "reject", comment="Say which ward.")
    page.refresh_from_db()
    page.current_workflow_state.resume(editor)
    assert [subject for _to, subject in sent()] == ["“Who pays?” waits for your decision"]


def test_approval_says_where_it_stands_and_what_the_moderator_wrote(page, editor, moderator):
    task_state = submit(page, editor)
    sent()
    decide(task_state, moderator, "approve", comment="Lovely.")
    assert sent() == [(editor.email, "“Who pays?” is published")]
    page.refresh_from_db()
    assert page.get_url() in mail.outbox[0].body
    assert "“Lovely.”" in mail.outbox[0].body


def test_approval_of_something_scheduled_says_when(page, editor, moderator):
    page.go_live_at = timezone.now() + timedelta(days=3)
    task_state = submit(page, editor)
    sent()
    decide(task_state, moderator, "approve")
    ((to, subject),) = sent()
    assert to == editor.email
    assert subject.startswith("“Who pays?” goes out on")


def test_a_stopped_review_is_told_and_publishing_past_it_is_good_news(page, editor, moderator):
    state = submit(page, editor).workflow_state
    sent()
    state.cancel(user=moderator)
    assert sent() == [(editor.email, "“Who pays?” is not being reviewed any more")]
    assert "Demo Moderator has stopped the review" in mail.outbox[0].body
    page.refresh_from_db()
    state = submit(page, editor).workflow_state
    sent()
    page.refresh_from_db()
    page.get_latest_revision().publish(user=moderator)
    state.cancel(user=moderator)
    assert sent() == [(editor.email, "“Who pays?” is published")]


def test_who_does_it_themselves_is_not_told(page, editor, moderator):
    submit(page, editor).workflow_state.cancel(user=editor)
    assert sent() == []
    page.refresh_from_db()
    decide(submit(page, moderator), moderator, "approve")
    assert sent() == []


def test_whoever_turned_a_mail_off_in_their_account_gets_none(page, editor, moderator):
    UserProfile.objects.create(user=moderator, submitted_notifications=False)
    UserProfile.objects.create(user=editor, approved_notifications=False)
    task_state = submit(page, editor)
    assert sent() == []
    decide(task_state, moderator, "approve")
    assert sent() == []


def test_mails_are_in_the_recipients_language_and_keep_a_title_on_one_line(topic, editor, moderator):
    page = masterclass(topics=[topic], publish=False, title="Two\nlines")
    submit(page, editor)
    assert [subject for _to, subject in sent()] == ["“Two lines” waits for your decision"]
