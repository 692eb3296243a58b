"""Which events somebody sees, and which they organise."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lms.accounts.models import ClusterMembership, Membership, User
from lms.accounts.rules import MembershipState
from lms.events.models import Event, Invited, Registration
from lms.events.rules import ACTIVE, HOLDING, RegistrationState, Visibility

EVERY = "events.organise_every_event"


def events_visible_to(user: User | AnonymousUser) -> QuerySet[Event]:
    """Events somebody may read of: by who they are for, and always those one organises or is registered at.

    One query, however it is filtered further. Those who work here see every event.
    """
    events = Event.objects.all()
    if not isinstance(user, User):
        return events.filter(visibility=Visibility.EVERYONE)
    if user.is_staff:
        return events
    companies = Membership.objects.filter(user=user, state=MembershipState.ACTIVE).values("company")
    today = timezone.localdate()
    clusters = ClusterMembership.objects.filter(company__in=companies, since__lte=today).exclude(until__lte=today)
    in_clusters = Event.clusters.through.objects.filter(event=OuterRef("pk"), cluster__in=clusters.values("cluster"))
    invited = Invited.objects.filter(Q(user=user) | Q(company__in=companies), event=OuterRef("pk"))
    registered = Registration.objects.filter(event=OuterRef("pk"), user=user, state__in=sorted(ACTIVE))
    return events.filter(
        Q(visibility=Visibility.EVERYONE)
        | Q(visibility=Visibility.MEMBERS) & Q(Exists(companies))
        | Q(visibility=Visibility.CLUSTERS) & Exists(in_clusters)
        | Exists(invited)
        | Exists(registered)
        | _organised(user)
    )


def events_organised_by(user: User | AnonymousUser) -> QuerySet[Event]:
    """Events whose registrations, notes and results somebody may see and change."""
    if not isinstance(user, User):
        return Event.objects.none()
    return Event.objects.all() if user.has_perm(EVERY) else Event.objects.filter(_organised(user))


def _organised(user: User) -> Q:
    organisers = Event.organisers.through.objects.filter(event=OuterRef("pk"), user=user)
    return Q(owner=user) | Q(Exists(organisers))


def may_organise(user: User | AnonymousUser) -> bool:
    """Whether somebody may make events: advisors, editors, programme owners."""
    return isinstance(user, User) and user.has_perm("events.add_event")


def events_organised_in_time(user: User, *, past: bool, now: datetime) -> QuerySet[Event]:
    """Events somebody organises: those over, the last one first; or those to come and those without a time."""
    events = events_organised_by(user)
    if past:
        return events.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    return events.filter(Q(ends_at__gte=now) | Q(ends_at=None)).order_by(F("starts_at").asc(nulls_last=True), "pk")


def people_who_may_organise(event: Event | None) -> QuerySet[User]:
    """Who may be an organiser: everybody who may make events, and those who organise this one already."""
    may = Permission.objects.filter(content_type__app_label="events", codename="add_event")
    able = Q(is_superuser=True) | Q(user_permissions__in=may) | Q(groups__permissions__in=may)
    if event is not None:
        able |= Q(pk=event.owner_id) | Q(events_organised=event)
    return User.objects.filter(pk__in=User.objects.filter(able, is_active=True).values("pk"))


def with_places(events: QuerySet[Event]) -> QuerySet[Any]:
    """The events with `holding` (places taken) and `waiting` (people in line), in the same query.

    A place that is offered to somebody is taken; they wait no more.
    """
    return events.annotate(
        holding=_number(sorted(HOLDING)),
        waiting=_number([RegistrationState.WAITING]),
    )


def _number(states: list[str]) -> Coalesce:
    counted = Registration.objects.filter(event=OuterRef("pk"), state__in=states).order_by().values("event")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def organisers_of(event: Event) -> list[User]:
    """Who organises it, the owner first. One query."""
    people = User.objects.filter(Q(pk=event.owner_id) | Q(events_organised=event)).distinct().order_by("full_name")
    return sorted(people, key=lambda one: one.pk != event.owner_id)
