"""Asking for places, changing what one said, and giving a place up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.accounts.models import Company, User
from lms.core.tokens import new_token
from lms.events.actions.fees import fees_for
from lms.events.actions.moving import Refused, locked, move, owe_first_mail
from lms.events.actions.queue import fill
from lms.events.models import Event, Order, Registration, Session, SessionChoice
from lms.events.rules import (
    DONE,
    UNDECIDED,
    Cause,
    RegistrationState,
    Span,
    Window,
    clashes,
    price_for,
    window,
)
from lms.events.selectors import TakenPlaces, prices_of, taken_places, taken_sessions


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to register. `email` in lower case; `answers` by question id; `sessions` are ids of chosen ones."""

    name: str
    email: str
    user: User | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    sessions: tuple[int, ...] = ()


@transaction.atomic
def register(
    event: Event,
    people: Sequence[Person],
    *,
    by: User,
    company: Company | None,
    token: UUID,
    together: bool = False,
    invoice_reference: str = "",
    now: datetime | None = None,
) -> Order:
    """Ask for a place for each of these people, in one go. The same `token` again changes nothing.

    They are confirmed, or wait, or are requested where an organiser answers. Raises Refused, and then nobody is
    registered: `field` is `people`, `person-<index>` or `sessions-<index>`. Who may see the event is asked before.
    """
    event = locked(event.pk)
    now = now or timezone.now()  # after the lock: who comes to it first is first in line
    if again := Order.objects.filter(placed_by=by, token=token).first():
        return again_at(event, again)
    taken = taken_places(event)
    refuse_closed(event, now)
    refuse_too_many(event, taken, people, company)
    if together:
        refuse_never_together(event, len(people))
    refuse_choices(event, people)
    order = Order.objects.create(
        event=event,
        placed_by=by,
        company=company,
        together=together and len(people) > 1,
        invoice_reference=invoice_reference,
        token=token,
        placed_at=now,
    )
    states = states_for(event, taken, company, len(people), together=order.together)
    price = price_for(prices_of(event), company.kind if company else "")
    fees = fees_for(price, taken, company, len(people))
    made = write_down(order, zip(people, states, fees, strict=True), now=now)
    owe_first_mail(order, made, now=now)
    return order


def write_down(
    order: Order, people: Iterable[tuple[Person, RegistrationState, int]], *, now: datetime
) -> list[Registration]:
    """The registrations of an order, each person with state and fee, and the sessions they chose. Two statements."""
    asked = list(people)
    made = [
        Registration(
            order=order,
            event=order.event,
            company=order.company,
            user=person.user,
            name=person.name,
            email=person.email,
            state=state,
            state_since=now,
            queued_at=now,
            fee=fee,
            answers=dict(person.answers),
            join_key=new_token(),
        )
        for person, state, fee in asked
    ]
    Registration.objects.bulk_create(made)
    SessionChoice.objects.bulk_create(
        SessionChoice(registration=one, session_id=session)
        for one, (person, _state, _fee) in zip(made, asked, strict=True)
        for session in person.sessions
    )
    return made


def again_at(event: Event, order: Order) -> Order:
    """The order that the same form made before. Raises Refused for a form that was sent to another event."""
    if order.event_id != event.pk:
        raise Refused(_("This form was sent for another event. Nobody was registered. Load the page and try again."))
    return order


def check_people(
    event: Event, taken: TakenPlaces, people: Sequence[Person], company: Company | None, *, now: datetime | None = None
) -> None:
    """Whether these people could be registered, before they are asked anything more. Raises Refused as `register`."""
    refuse_closed(event, now or timezone.now())
    refuse_too_many(event, taken, people, company)


def refuse_closed(event: Event, now: datetime) -> None:
    """Raise Refused unless places can be asked for now."""
    stands = window(
        cancelled=event.is_cancelled,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        ends_at=event.ends_at,
        now=now,
    )
    if stands == Window.CANCELLED:
        raise Refused(_("This event is cancelled. Nobody was registered."))
    if stands == Window.NOT_YET:
        raise Refused(_("Registration has not opened yet. Nobody was registered; what you typed is still here."))
    if stands == Window.OVER:
        raise Refused(_("This event is over. Nobody was registered."))
    if stands == Window.CLOSED:
        raise Refused(_("Registration is closed. Nobody was registered. Ask an organiser if you need a place."))


def refuse_too_many(event: Event, taken: TakenPlaces, people: Sequence[Person], company: Company | None) -> None:
    """Raise Refused for nobody, for a person twice, and for more people of a company than the event allows."""
    if not people:
        raise Refused(_("Choose at least one person."), "people")
    known, seen = {one.email for one in taken.active}, set[str]()
    accounts = {one.user for one in taken.active if one.user}
    for index, person in enumerate(people):
        if person.email in known or (person.user and person.user.pk in accounts):
            words = _("%(name)s is registered already. Leave %(name)s out; the others can be registered.")
            raise Refused(words % {"name": person.name}, f"person-{index}")
        if person.email in seen:
            words = _("%(name)s is here twice. Nobody was registered yet; leave one of them out.")
            raise Refused(words % {"name": person.name}, f"person-{index}")
        seen.add(person.email)
    if event.per_company is not None and company is None:
        raise Refused(_("Places are given by company here. Join or register your company first."), "people")
    left = taken.room(company.pk if company else None).company
    if left is not None and len(people) > left:
        cap = ngettext(
            "A company may send %(cap)s person, counted over all its registrations.",
            "A company may send %(cap)s people, counted over all its registrations.",
            event.per_company or 0,
        ) % {"cap": event.per_company}
        rest = ngettext("%(left)s more can be registered.", "%(left)s more can be registered.", left) % {"left": left}
        raise Refused(f"{cap} {rest}", "people")


def refuse_never_together(event: Event, people: int) -> None:
    """Raise Refused for a group that the event could never hold: it would stop the waiting line for good."""
    if event.capacity is not None and people > event.capacity:
        words = _("There are %(places)s places in all, so %(people)s people cannot come together.")
        more = _("Register fewer, or let each have a place as it comes free.")
        raise Refused(f"{words % {'places': event.capacity, 'people': people}} {more}", "people")


def refuse_choices(event: Event, people: Sequence[Person], *, besides: int | None = None) -> None:
    """Raise Refused for sessions of another event, ones that overlap, and ones that are full.

    `besides` is a registration whose own present choices do not count.
    """
    if not any(person.sessions for person in people):
        return
    sessions = {session.pk: session for session in Session.objects.filter(event=event).exclude(track="")}
    places = taken_sessions(event, besides=besides)
    for index, person in enumerate(people):
        where = f"sessions-{index}"
        if not set(person.sessions) <= sessions.keys():
            raise Refused(_("One of the sessions is not there any more. Choose again."), where)
        mine = [sessions[pk] for pk in person.sessions]
        for pair in clashes(Span(one.pk, one.starts_at, one.ends_at, one.time_known) for one in mine):
            words = _("“%(one)s” and “%(other)s” run at the same time. Choose one of them.")
            raise Refused(words % {"one": sessions[pair[0]].title, "other": sessions[pair[1]].title}, where)
        for session in mine:
            places[session.pk] = places.get(session.pk, 0) + 1
            if session.capacity is not None and places[session.pk] > session.capacity:
                words = _("“%(title)s” is full. Choose another session for %(name)s.")
                raise Refused(words % {"title": session.title, "name": person.name}, where)


def states_for(
    event: Event, taken: TakenPlaces, company: Company | None, people: int, *, together: bool
) -> list[RegistrationState]:
    """What each of so many people becomes: those who fit have a place, the rest wait; together, all or none."""
    if event.approval:
        return [RegistrationState.REQUESTED] * people
    places = taken.room(company.pk if company else None).places
    fit = people if places is None else min(people, places)
    if together and fit < people:
        fit = 0
    return [RegistrationState.CONFIRMED] * fit + [RegistrationState.WAITING] * (people - fit)


@transaction.atomic
def change(
    registration: Registration,
    *,
    answers: Mapping[str, str],
    sessions: tuple[int, ...],
    now: datetime | None = None,
) -> Registration:
    """Change what somebody answered and which sessions they chose. Raises Refused."""
    event = locked(registration.event_id)
    now = now or timezone.now()
    registration = Registration.objects.select_related("event", "order__placed_by", "user").get(pk=registration.pk)
    if registration.state in DONE:
        raise Refused(_("This registration has ended, so there is nothing to change. You can register anew."))
    refuse_too_late(event, registration, now)
    person = Person(registration.name, registration.email, answers=answers, sessions=sessions)
    refuse_choices(event, [person], besides=registration.pk)
    registration.answers = dict(answers)
    registration.save(update_fields=["answers"])
    registration.choices.exclude(session__in=sessions).delete()
    have = set(registration.choices.values_list("session_id", flat=True))
    SessionChoice.objects.bulk_create(
        SessionChoice(registration=registration, session_id=pk) for pk in sessions if pk not in have
    )
    return registration


@transaction.atomic
def cancel(registration: Registration, *, cause: Cause = Cause.BY_THEM, now: datetime | None = None) -> Registration:
    """Give up a place, a request or a turn in the line; who waits moves up. Doing it again changes nothing.

    Raises Refused for a place after the deadline, unless an organiser does it. Who has none yet may leave at any time.
    """
    event = locked(registration.event_id)
    now = now or timezone.now()
    registration = Registration.objects.select_related("event", "order__placed_by", "user").get(pk=registration.pk)
    if registration.state == RegistrationState.CANCELLED:
        return registration
    if cause == Cause.BY_THEM and registration.state not in UNDECIDED:
        refuse_too_late(event, registration, now)
    move([registration], RegistrationState.CANCELLED, now=now, cause=cause)
    fill(event, now=now)
    return registration


def refuse_too_late(event: Event, registration: Registration, now: datetime) -> None:
    """Raise Refused when people cannot change this themselves any more."""
    until = event.change_until or event.starts_at
    if until and now >= until:
        raise Refused(_("The time to change this yourself is over. Nothing was changed. Ask an organiser."))
