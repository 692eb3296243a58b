"""What is to be sent, and what staff look at."""

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipRole, MembershipState
from lms.notifications.models import Message
from lms.notifications.rules import SHOWN_AHEAD, MessageState

SWEPT_AT_ONCE = 1000


def ids_due() -> list[int]:
    """The messages to try now, the longest owed first; at most SWEPT_AT_ONCE."""
    due = Message.objects.filter(state=MessageState.OWED, next_try__lte=timezone.now())
    return list(due.order_by("next_try", "pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def messages_staff_look_at() -> QuerySet[Message]:
    """What will be sent within 14 days, what is being sent, and what nobody can settle but a person; that first."""
    soon = Q(state=MessageState.OWED, due__lte=timezone.now() + SHOWN_AHEAD)
    open_ = Q(state__in=[MessageState.SENDING, MessageState.FAILED, MessageState.UNKNOWN])
    return Message.objects.filter(soon | open_).select_related("recipient")


def messages_needing_a_person() -> QuerySet[Message]:
    """Given up, or handed over and never confirmed."""
    return Message.objects.filter(state__in=[MessageState.FAILED, MessageState.UNKNOWN])


def ask_subject(membership_id: int) -> str:
    """How a request to join is referred to in the outbox."""
    return f"membership:{membership_id}"


def administrators_not_told_of_asks(kind: str) -> QuerySet[Membership]:
    """Unanswered requests to join, once for each administrator (`.administrator`, an id) who is owed no message."""
    told = Message.objects.filter(
        kind=kind,
        recipient=OuterRef("administrator"),
        subject=Concat(Value("membership:"), Cast(OuterRef("pk"), CharField())),
    )
    return (
        Membership.objects.filter(
            state=MembershipState.ASKED,
            company__memberships__role=MembershipRole.ADMIN,
            company__memberships__state=MembershipState.ACTIVE,
            company__memberships__user__is_active=True,
        )
        .annotate(administrator=F("company__memberships__user"))
        .filter(~Exists(told))
        .order_by("since", "pk")
    )


def people_by_id(ids: set[int]) -> dict[int, User]:
    return User.objects.in_bulk(ids)
