"""What is done when Wagtail says that something happened to what waits for a decision."""

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms.editorial import actions
from cms.models import TopicApproval
from lms.accounts.models import User

WAGTAILS = "workflow_state_{}_email_notification"
"""The names under which Wagtail would connect its own mails. Whoever connects first under a name has it, and our app
is ready before Wagtail's: so ours stand in their place, and nobody gets two."""


def connect() -> None:
    task_submitted.connect(asked, sender=TaskState, dispatch_uid="cms.editorial.asked")
    workflow_submitted.connect(told_already, sender=WorkflowState, dispatch_uid=WAGTAILS.format("submitted"))
    workflow_rejected.connect(changes_asked, sender=WorkflowState, dispatch_uid=WAGTAILS.format("rejected"))
    workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid=WAGTAILS.format("approved"))
    workflow_cancelled.connect(withdrawn, sender=WorkflowState, dispatch_uid="cms.editorial.withdrawn")


def asked(instance: TaskState, user: User | None = None, **_sent: Any) -> None:
    if isinstance(instance.task.specific, TopicApproval):
        actions.ask_moderators(instance, by=user)


def told_already(**_sent: Any) -> None:
    """Wagtail would mail every superuser; those who decide are told by `asked`."""


def changes_asked(instance: WorkflowState, user: User | None = None, **_sent: Any) -> None:
    actions.tell_submitter(actions.CHANGES, instance, by=user)


def approved(instance: WorkflowState, user: User | None = None, **_sent: Any) -> None:
    actions.tell_submitter(actions.APPROVED, instance, by=user)


def withdrawn(instance: WorkflowState, user: User | None = None, **_sent: Any) -> None:
    actions.tell_submitter(actions.WITHDRAWN, instance, by=user)


def ensure_workflow(**_rest: Any) -> None:
    """After migrations: there is a workflow."""
    actions.ensure_workflow()
