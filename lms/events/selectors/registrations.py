"""Whose registrations somebody sees and may change."""

from django.db.models import Q, QuerySet

from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipRole, MembershipState
from lms.events.models import Event, Registration
from lms.events.rules import ACTIVE


def registrations_of(user: User) -> QuerySet[Registration]:
    """A person's own registrations, whoever placed them."""
    return Registration.objects.filter(user=user).select_related("event", "order")


def registrations_changeable_by(user: User) -> QuerySet[Registration]:
    """Those a person may change or cancel: their own, those they placed, and those of a company they administer."""
    administered = Membership.objects.filter(user=user, state=MembershipState.ACTIVE, role=MembershipRole.ADMIN)
    mine = Q(user=user) | Q(order__placed_by=user) | Q(company__in=administered.values("company"))
    return Registration.objects.filter(mine).select_related("event", "order", "company")


def active_people(event: Event) -> int:
    """How many come, wait or have asked."""
    return Registration.objects.filter(event=event, state__in=sorted(ACTIVE)).count()
