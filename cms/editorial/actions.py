"""What the editors' part writes of itself: its workflow, the mail it owes, what is known of links."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.editorial import selectors
from cms.editorial.rules import RUN_LASTS, is_working
from cms.models import LinkCheck, TopicApproval
from lms.accounts.models import User
from lms.notifications.actions import owe

WORKFLOW = "Publishing"
TASK = "The topic's moderators"

ASKED = "editorial.asked"
CHANGES = "editorial.changes"
APPROVED = "editorial.approved"
WITHDRAWN = "editorial.withdrawn"


def ensure_workflow() -> None:
    """Whatever is submitted goes to its topic's moderators. Made once; what an operator changes in it stays.

    It takes the place of the workflow that Wagtail puts there by itself. Does nothing while tables are missing.
    """
    needed = {model._meta.db_table for model in (TopicApproval, WorkflowPage, Page)}
    if not needed <= set(connection.introspection.table_names()):
        return
    root = Page.get_first_root_node()
    if root is None or TopicApproval.objects.exists():
        return
    with transaction.atomic():
        workflow = Workflow.objects.create(name=WORKFLOW)
        task = TopicApproval.objects.create(name=TASK)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def withhold(page: Page) -> None:
    """Wagtail's page for a new page makes it live before it asks whether it may be published: take that back."""
    if page.live and page.live_revision_id is None and page.first_published_at is None:
        page.live, page.has_unpublished_changes = False, True
        page.save(update_fields=["live", "has_unpublished_changes"])


# --- Mail ------------------------------------------------------------------------------------------------------------


def ask_moderators(task_state: TaskState, *, by: User | None) -> None:
    """Owe those who decide a message, but whoever asks. Asking again reaches only those who were not asked before."""
    asked_already = {task_state.workflow_state.requested_by_id, by.pk if by else None}
    for person in selectors.people_to_ask(task_state.workflow_state):
        if person.pk not in asked_already:
            owe(ASKED, recipient=person, subject=f"task:{task_state.pk}", due=task_state.started_at)


def tell_submitter(kind: str, state: WorkflowState, *, by: User | None) -> None:
    """Owe the one who asked a message about what became of it, unless they did it themselves."""
    person = state.requested_by
    if person is None or not person.is_active or person == by:
        return
    last = state.current_task_state
    due = (last.finished_at or last.started_at) if last else state.created_at
    subject = f"task:{last.pk}" if kind == CHANGES and last else f"workflow:{state.pk}"
    owe(kind, recipient=person, subject=subject, due=due)


# --- Links -----------------------------------------------------------------------------------------------------------

Ask = Callable[[str], int]
"""An address → the HTTP status it answers with, or NO_ANSWER, or NOT_ASKED."""


def record_links(places: Mapping[str, Iterable[tuple[str, str]]], *, ours: Callable[[str], bool]) -> None:
    """Keep exactly these links, address → where it stands; what is known of those that stay is kept."""
    known = {check.url: check for check in LinkCheck.objects.all()}
    new, changed = [], []
    for url, found in places.items():
        where = [list(place) for place in found]
        check = known.pop(url, None)
        if check is None:
            new.append(LinkCheck(url=url, where=where, is_ours=ours(url)))
        elif check.where != where or check.is_ours != ours(url):
            check.where, check.is_ours = where, ours(url)
            changed.append(check)
    LinkCheck.objects.filter(pk__in=[check.pk for check in known.values()]).delete()
    LinkCheck.objects.bulk_create(new, ignore_conflicts=True)
    LinkCheck.objects.bulk_update(changed, ["where", "is_ours"])


def check_links(ask: Ask, checks: Iterable[LinkCheck]) -> None:
    """Ask for each address, one after the other, for RUN_LASTS; the next run goes on."""
    ends = timezone.now() + RUN_LASTS
    for check in checks:
        now = timezone.now()
        if now > ends:
            break
        if _take(check, now):
            record_answer(check, ask(check.url), now)


def _take(check: LinkCheck, now: datetime) -> bool:
    """Write down that it is asked now, before it is: what kills a run is not the first thing the next one does."""
    return bool(LinkCheck.objects.filter(pk=check.pk, checked_at=check.checked_at).update(checked_at=now))


def record_answer(check: LinkCheck, status: int, now: datetime) -> None:
    failing = None if is_working(status) else (check.failing_since or now)
    LinkCheck.objects.filter(pk=check.pk).update(status=status, checked_at=now, failing_since=failing)
