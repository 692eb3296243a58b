"""The mails of moderation. Registered with the outbox from `apps.py`; what they say is read when they are sent."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from cms.addresses import page_address
from cms.editorial import actions, selectors
from lms.accounts.models import User
from lms.notifications.kinds import Mail
from lms.notifications.models import Message

SHOWN = 3
"""How many comments a mail quotes."""


def number_in(message: Message) -> int:
    return int(message.subject.rpartition(":")[2])


def wants(user: User, what: str) -> bool:
    """What the person has chosen under Account, Notifications; everything, where they have chosen nothing."""
    chosen = UserProfile.objects.filter(user=user).values_list(f"{what}_notifications", flat=True).first()
    return chosen is not False


def title_of(page: Page) -> str:
    return " ".join((page.draft_title or page.title).split())


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def quoted(texts: list[str]) -> list[str]:
    return [f"“{text.strip()}”" for text in texts if text.strip()]


class Asked:
    """To those who decide: a page waits. Until somebody has decided, and only while it is theirs to decide."""

    name = actions.ASKED

    def compose(self, message: Message) -> Mail | None:
        state = selectors.task_to_decide(number_in(message))
        page = state.workflow_state.content_object if state else None
        if state is None or page is None or not wants(message.recipient, "submitted"):
            return None
        if not state.task.specific.get_actions(page, message.recipient):
            return None
        by = state.revision.user or state.workflow_state.requested_by
        words = {"title": title_of(page), "name": str(by) if by else _("Somebody")}
        comments = selectors.comments_on([page.pk])[page.pk, by.pk if by else 0]
        return Mail(
            subject=_("“%(title)s” waits for your decision") % words,
            preheader=_("Approve it, and it is published; or ask for changes."),
            paragraphs=[
                _("%(name)s has finished “%(title)s” and asks you to look at it.") % words,
                *quoted(comments[:SHOWN]),
                _("Approve it, and it is published. Or ask for changes, and say which."),
            ],
            button=(_("Look at it"), edit(page)),
        )


class ChangesAsked:
    """To the one who submitted: a moderator asks for changes. Until it is submitted again."""

    name = actions.CHANGES

    def compose(self, message: Message) -> Mail | None:
        state = selectors.task_sent_back(number_in(message))
        page = state.workflow_state.content_object if state else None
        if state is None or page is None or not wants(message.recipient, "rejected"):
            return None
        words = {"title": title_of(page), "name": str(state.finished_by or _("A moderator"))}
        return Mail(
            subject=_("“%(title)s” needs changes") % words,
            preheader=_("Your draft is kept. Change it and submit it again."),
            paragraphs=[
                _("%(name)s has read “%(title)s” and asks for changes.") % words,
                *quoted([state.get_comment()]),
                _("Your draft is kept as it is. Change it and submit it again: it comes back to the same people."),
            ],
            button=(_("Open the draft"), edit(page)),
        )


class Approved:
    """To the one who submitted: it was approved, and is public, or will be."""

    name = actions.APPROVED

    def compose(self, message: Message) -> Mail | None:
        state = selectors.ended(number_in(message), WorkflowState.STATUS_APPROVED)
        if state is None or state.content_object is None or not wants(message.recipient, "approved"):
            return None
        return good_news(state.content_object, last(state))


class Withdrawn:
    """To the one who submitted: somebody stopped the review. If they did it by publishing, that is what it says."""

    name = actions.WITHDRAWN

    def compose(self, message: Message) -> Mail | None:
        state = selectors.ended(number_in(message), WorkflowState.STATUS_CANCELLED)
        page = state.content_object if state else None
        if page is None or page.workflow_in_progress or not wants(message.recipient, "rejected"):
            return None
        if page.live and not page.has_unpublished_changes:
            return good_news(page, None)
        words = {"title": title_of(page), "name": str(getattr(last(state), "finished_by", None) or _("A moderator"))}
        return Mail(
            subject=_("“%(title)s” is not being reviewed any more") % words,
            preheader=_("Your draft is kept."),
            paragraphs=[
                _("%(name)s has stopped the review of “%(title)s”. It was not published.") % words,
                _("Your draft is kept as it is. You can go on with it and submit it again."),
            ],
            button=(_("Open the draft"), edit(page)),
        )


def last(state: WorkflowState | None) -> TaskState | None:
    return state.current_task_state if state else None


def good_news(page: Page, decided: TaskState | None) -> Mail | None:
    """What was submitted is public, or has a date on which it will be; None when neither is so by now."""
    words: dict[str, Any] = {"title": title_of(page)}
    scheduled = page.scheduled_revision
    if scheduled is not None:
        words["when"] = date_format(localtime(scheduled.approved_go_live_at), "SHORT_DATETIME_FORMAT")
        subject = _("“%(title)s” goes out on %(when)s") % words
        said = _("“%(title)s” was approved. It goes out by itself on %(when)s.") % words
        button = (_("Open it"), edit(page))
    elif page.live:
        subject = _("“%(title)s” is published") % words
        said = _("“%(title)s” was approved and is published.") % words
        button = (_("See it"), page_address(page) or edit(page))
    else:
        return None
    comment = quoted([decided.get_comment()]) if decided else []
    by = [_("%(name)s writes:") % {"name": decided.finished_by}] if decided and comment and decided.finished_by else []
    return Mail(subject=subject, preheader=said, paragraphs=[said, *by, *comment], button=button)
