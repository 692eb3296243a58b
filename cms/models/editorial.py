"""How what editors write is decided on, and what is known of the links in it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, Task, TaskState

from cms.editorial.rules import Board
from cms.editorial.topics import topics_of
from cms.models.topics import Topic
from lms.accounts.models import User
from lms.accounts.roles import MODERATORS


def board() -> Board:
    """Who decides what, as it is now. Two queries."""
    enters = {"permissions__codename": "access_admin", "permissions__content_type__app_label": "wagtailadmin"}
    doors = (
        Q(is_superuser=True)
        | Exists(Group.objects.filter(user=OuterRef("pk"), **enters))
        | Q(user_permissions__codename="access_admin")
    )
    moderates = Exists(Group.objects.filter(user=OuterRef("pk"), name=MODERATORS))
    people = User.objects.filter(doors, is_active=True).annotate(moderates=moderates)
    staff = list(people.values_list("pk", "is_superuser", "moderates"))
    by_topic: dict[int, set[int]] = {}
    for topic, person in Topic.moderators.through.objects.values_list("topic_id", "user_id"):
        by_topic.setdefault(topic, set()).add(person)
    return Board(
        staff=frozenset(pk for pk, _super, _moderates in staff),
        superusers=frozenset(pk for pk, is_superuser, _moderates in staff if is_superuser),
        moderators=frozenset(pk for pk, _super, moderates in staff if moderates),
        by_topic={topic: frozenset(people) for topic, people in by_topic.items()},
    )


class TopicalPermissions(PagePermissionTester):
    """Wagtail's permissions, and: what stands under a topic with moderators is published by them and nobody else.

    Otherwise a moderator of one topic could publish past those of another, by the button instead of the workflow, and
    a topic's moderator who is an editor could approve and see Wagtail refuse to publish.
    """

    @cached_property
    def named(self) -> frozenset[int]:
        """Those who moderate the page's topics. The board is kept on the person: lists ask for page after page."""
        if not hasattr(self.user, "_board"):
            self.user._board = board()
        known: Board = self.user._board
        if not any(known.by_topic.values()):
            return frozenset()
        return known.named(topics_of([self.page])[self.page.pk])

    def can_publish(self) -> bool:
        if self.user.is_superuser or self.page_is_root or not self.named:
            return bool(super().can_publish())
        return self.user.is_active and self.user.pk in self.named

    def can_unpublish(self) -> bool:
        if self.user.is_superuser or not self.page.live or not self.named:
            return bool(super().can_unpublish())
        return self.user.is_active and self.user.pk in self.named and not self.page_locked()


class TopicApproval(Task):
    """A step of a workflow: a moderator of any of the page's topics decides; where there is none, any moderator."""

    class Meta:
        verbose_name = _("decision by the topic's moderators")
        verbose_name_plural = _("decisions by the topics' moderators")

    @classmethod
    def get_description(cls) -> str:
        return gettext("Somebody who moderates one of the page's topics decides; where nobody does, any moderator.")

    def may_decide(self, page: Page, user: User) -> bool:
        """Up to four queries. What counts are the topics the draft names: where it will stand once it is published."""
        if not user.is_active:
            return False
        return user.is_superuser or board().may_decide(user.pk, topics_of([page])[page.pk])

    def start(self, workflow_state: Any, user: User | None = None) -> TaskState:
        """Begin; a page locked by somebody who may not decide is unlocked for those who may, as Wagtail does."""
        page = workflow_state.content_object
        if page.locked_by and not self.may_decide(page, page.locked_by):
            page.locked, page.locked_by, page.locked_at = False, None, None
            page.save(update_fields=["locked", "locked_by", "locked_at"])
        return super().start(workflow_state, user=user)

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> Any:
        """Decide. Who approves while moving the page to a topic of others passes it on to those."""
        page = task_state.workflow_state.content_object
        if action_name == "approve" and not self.may_decide(page, user):
            task_state.cancel(user=user, resume=True)
            return None
        return super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not self.may_decide(obj, user)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return self.may_decide(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """A fixed number of queries, however many pages wait."""
        waiting: QuerySet[TaskState] = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or not user.is_active:
            return waiting if user.is_active else waiting.none()
        ids = {pk: int(page) for pk, page in waiting.values_list("pk", "workflow_state__object_id")}
        topics = topics_of(Page.objects.filter(pk__in=ids.values()))
        decides = board()
        return waiting.filter(pk__in=[pk for pk, page in ids.items() if decides.may_decide(user.pk, topics[page])])


class LinkCheck(models.Model):
    """A link in what is published, and how it answered last. Written by `cms.editorial.actions` alone."""

    url = models.CharField(max_length=1000, unique=True)
    status = models.SmallIntegerField(null=True)
    """An HTTP status, or NO_ANSWER, or NOT_ASKED; None before the first time."""
    checked_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    is_ours = models.BooleanField(default=False)
    """Leads to this site: what failed once is broken."""
    where: Any = models.JSONField(default=list)
    """The places it stands at, as [title, address in the editors' part]."""

    class Meta:
        ordering = ["failing_since", "url"]

    def __str__(self) -> str:
        return self.url
