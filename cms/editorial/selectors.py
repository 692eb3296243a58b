"""What editors and moderators have before them. Each list takes a fixed number of queries, however long it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from wagtail.models import Comment, Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from cms.editorial.desk import reviewed
from cms.editorial.rules import ASK_AGAIN_AFTER, ASKED_AT_ONCE, BROKEN_AFTER, REVIEW_SOON
from cms.editorial.topics import topics_of
from cms.models import Document, LinkCheck, MasterclassPage
from cms.models.editorial import board
from lms.accounts.models import User


def works_on_pages(user: User) -> bool:
    """Whether any page is theirs to write or to publish."""
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"}))


def editable(pages: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Those of these pages that the person may edit or publish."""
    theirs = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"change", "publish"})
    return pages if user.is_superuser else pages.filter(pk__in=theirs.values("pk"))


# --- What waits for a decision ---------------------------------------------------------------------------------------


def people_to_ask(state: WorkflowState) -> QuerySet[User]:
    """Who is told that a page waits for them."""
    page = state.content_object
    return User.objects.filter(pk__in=board().asked(topics_of([page])[page.pk]), is_active=True)


@dataclass(slots=True)
class Waiting:
    """A page that waits for a decision, who asked, and what they wrote beside the text."""

    page: Page
    task_state: TaskState
    asked_by: User | None
    comments: list[str] = field(default_factory=list)


def waiting_for(user: User) -> list[Waiting]:
    """What this person may decide now, the longest waiting first."""
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state__requested_by", "revision__user")
    states = list(states.order_by("started_at", "pk").defer("revision__content"))
    pages = Page.objects.in_bulk({int(state.workflow_state.object_id) for state in states})
    said = comments_on(pages)
    found = []
    for state in states:
        page = pages.get(int(state.workflow_state.object_id))
        if page is not None:
            by = state.revision.user or state.workflow_state.requested_by
            found.append(Waiting(page, state, by, said[page.pk, by.pk if by else 0]))
    return found


def comments_on(pages: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """What people wrote beside the text of these pages and nobody has settled, by page and person, oldest first."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    open_ = Comment.objects.filter(page__in=list(pages), resolved_at__isnull=True).order_by("created_at", "pk")
    for page, person, text in open_.values_list("page_id", "user_id", "text"):
        found[page, person].append(text)
    return found


def task_to_decide(pk: int) -> TaskState | None:
    """Something that waits for a decision; None once it has been decided."""
    found = TaskState.objects.select_related("workflow_state__requested_by", "revision__user", "task")
    return found.filter(
        pk=pk, status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    ).first()


def task_sent_back(pk: int) -> TaskState | None:
    """A decision to ask for changes that nobody has answered yet."""
    found = TaskState.objects.select_related("workflow_state__requested_by", "finished_by")
    return found.filter(
        pk=pk, status=TaskState.STATUS_REJECTED, workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__current_task_state=pk,
    ).first()  # fmt: skip


def ended(pk: int, status: str) -> WorkflowState | None:
    """What was submitted and ended like this."""
    found = WorkflowState.objects.select_related("current_task_state__finished_by", "requested_by")
    return found.filter(pk=pk, status=status).first()


# --- One's own work --------------------------------------------------------------------------------------------------


def drafts_of(user: User) -> list[Page]:
    """Pages of theirs, or last changed by them, that are not published as they are now; latest first."""
    theirs = Q(owner=user) | Q(latest_revision__user=user)
    pages: Any = editable(Page.objects.filter(theirs, has_unpublished_changes=True, alias_of__isnull=True), user)
    return list(
        pages.prefetch_workflow_states().annotate_approved_schedule().order_by("-latest_revision_created_at", "pk")
    )


# --- What needs care -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """Something published that somebody should look at again by a date."""

    title: str
    page: int | None
    document: int | None
    by: date


def to_check_again(user: User, today: date) -> list[Due]:
    """Published pages and library entries whose date has passed or comes soon, the most overdue first."""
    soon = today + REVIEW_SOON
    found = []
    for model in reviewed():
        rows = editable(model.objects.live().filter(review_by__lte=soon), user)
        found += [Due(title, pk, None, by) for pk, title, by in rows.values_list("pk", "title", "review_by")]
    theirs = policy_registry.get_by_type(Document).instances_user_has_any_permission_for(user, {"change"})
    entries = theirs.filter(review_by__lte=soon).exclude(kind=Document.FILE)
    found += [Due(title, None, pk, by) for pk, title, by in entries.values_list("pk", "title", "review_by")]
    return sorted(found, key=lambda due: (due.by, due.title))


@dataclass(frozen=True, slots=True)
class Unready:
    """A draft of a masterclass that cannot be published yet. `guests` are those who have not agreed."""

    page: int
    title: str
    no_recording: bool
    no_captions: bool
    guests: tuple[str, ...]


def not_ready(user: User, pages: Iterable[int] | None = None) -> list[Unready]:
    """Drafts, of these pages or of all, that lack a recording, captions or a consent, read in one query."""
    silent = Q(latest_revision__content__audio=None, latest_revision__content__video=None)
    silent &= Q(latest_revision__content__embed="")
    mute = Q(latest_revision__content__captions="", latest_revision__content__transcript="")
    drafts = editable(MasterclassPage.objects.filter(latest_revision__isnull=False, alias_of__isnull=True), user)
    if pages is not None:
        drafts = drafts.filter(pk__in=list(pages))
    rows = drafts.filter(has_unpublished_changes=True).annotate(
        silent=Case(When(silent, then=Value(True)), default=Value(False)),
        mute=Case(When(mute, then=Value(True)), default=Value(False)),
        people=KeyTransform("guests", "latest_revision__content"),
    )
    found = []
    for pk, title, silent_, mute_, people in rows.order_by("-latest_revision_created_at").values_list(
        "pk", "draft_title", "silent", "mute", "people"
    ):
        waiting = tuple(guest["name"] for guest in people or () if not guest.get("consent_on"))
        if silent_ or mute_ or waiting:
            found.append(Unready(pk, title, silent_, mute_, waiting))
    return found


def missing_of(pages: Iterable[int], user: User) -> dict[int, Unready]:
    """What each of these pages lacks, if anything."""
    return {row.page: row for row in not_ready(user, pages)}


def outdated_translations(user: User) -> QuerySet[Page]:
    """Published translations whose original was published after them (`.original_at`), the oldest first."""
    originals = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE, live=True
    )
    pages = Page.objects.live().filter(alias_of__isnull=True).exclude(locale__language_code=settings.LANGUAGE_CODE)
    return (
        editable(pages, user)
        .annotate(original_at=Subquery(originals.values("last_published_at")[:1]))
        .filter(original_at__gt=F("last_published_at"))
        .order_by("last_published_at", "pk")
    )


# --- Links -----------------------------------------------------------------------------------------------------------


def broken_links() -> QuerySet[LinkCheck]:
    """Links that lead nowhere: ours at once, those of others when they failed again a day later."""
    again = Q(checked_at__gte=F("failing_since") + BROKEN_AFTER)
    return LinkCheck.objects.filter(failing_since__isnull=False).filter(Q(is_ours=True) | again)


def our_links() -> QuerySet[LinkCheck]:
    return LinkCheck.objects.filter(is_ours=True).order_by(F("checked_at").asc(nulls_first=True), "pk")


def links_to_ask() -> QuerySet[LinkCheck]:
    """Addresses of other sites to ask now: new ones, then those not asked for a week, or for a day while they fail."""
    now = timezone.now()
    old = Q(checked_at__lte=now - ASK_AGAIN_AFTER) | Q(failing_since__isnull=False, checked_at__lte=now - BROKEN_AFTER)
    due = LinkCheck.objects.filter(Q(checked_at__isnull=True) | old, is_ours=False)
    return due.order_by(F("checked_at").asc(nulls_first=True), "pk")[:ASKED_AT_ONCE]
