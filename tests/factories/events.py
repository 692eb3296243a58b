"""Events and registrations for tests: the smallest valid ones, made as the product makes them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lms.accounts.models import Company, User
from lms.events.actions import Person, register
from lms.events.models import Event, Order, Registration, Session
from tests.factories.accounts import MembershipFactory, UserFactory


class EventFactory(DjangoModelFactory[Event]):
    """A confirmed workshop in Oslo, a week from now, open to members, with one session of two hours.

    `sessions=[{…}, …]` are fields of `Session` instead of that one; `sessions=[]` is an event without any.
    `clusters=[…]` and `organisers=[…]` name those.
    """

    class Meta:
        model = Event
        skip_postgeneration_save = True

    kind = "workshop"
    title = factory.Sequence(lambda n: f"Workshop {n}")
    owner = factory.SubFactory(UserFactory)

    @factory.post_generation
    def sessions(obj: Event, create: bool, extracted: Sequence[dict[str, Any]] | None, **kwargs: Any) -> None:
        begins = (timezone.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
        plain = [{"starts_at": begins, "ends_at": begins + timedelta(hours=2)}] if extracted is None else extracted
        made = [Session.objects.create(event=obj, **{"title": "The session", **fields}) for fields in plain]
        if made:
            obj.starts_at = min(one.starts_at for one in made)
            obj.ends_at = max(one.until for one in made)
            obj.save(update_fields=["starts_at", "ends_at"])

    @factory.post_generation
    def clusters(obj: Event, create: bool, extracted: Sequence[Any] | None, **kwargs: Any) -> None:
        obj.clusters.add(*(extracted or []))

    @factory.post_generation
    def organisers(obj: Event, create: bool, extracted: Sequence[Any] | None, **kwargs: Any) -> None:
        obj.organisers.add(*(extracted or []))


def person(user: User | None = None, **fields: Any) -> Person:
    """Somebody to register; without a user, a colleague who has no account."""
    if user is not None:
        return Person(**{"name": user.full_name, "email": user.email, "user": user, **fields})
    number = uuid.uuid4().hex[:8]
    return Person(**{"name": f"Person {number}", "email": f"{number}@example.org", **fields})


def registered(
    event: Event, *people: Person, by: User | None = None, company: Company | None = None, **fields: Any
) -> Order:
    """An order at the event; of one new person in a new company where nobody is named."""
    if by is None:
        membership = MembershipFactory(company=company) if company else MembershipFactory()
        by, company = membership.user, membership.company
    return register(event, people or [person(by)], by=by, company=company, token=uuid.uuid4(), **fields)


def registration(event: Event | None = None, **fields: Any) -> Registration:
    """One registration, alone in its order."""
    return registered(event or EventFactory(), **fields).registrations.get()


def at(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
