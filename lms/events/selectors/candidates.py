"""Whom somebody may register: themselves and the colleagues of a company, with where they stand already."""

from dataclasses import dataclass

from lms.accounts.models import Company, User
from lms.accounts.selectors import people_of
from lms.events.models import Event, Question
from lms.events.rules import Price, RegistrationState, price_for
from lms.events.selectors.agenda import Agenda, agenda_of
from lms.events.selectors.places import Counted, TakenPlaces, prices_of, taken_places, taken_sessions


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with an account. `state` is that of the registration they have already, else nothing."""

    user: User
    state: str = ""

    @property
    def state_said(self) -> str:
        return str(RegistrationState(self.state).label) if self.state else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What each person is asked, and how many chose each session so far."""

    agenda: Agenda
    questions: tuple[Question, ...]
    taken: dict[int, int]

    @property
    def is_anything(self) -> bool:
        return bool(self.questions or self.agenda.slots_to_choose)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a form for registering needs to know."""

    event: Event
    company: Company | None
    candidates: tuple[Candidate, ...]
    taken: TakenPlaces
    price: Price
    asked: Asked

    @property
    def counted(self) -> Counted:
        of_company = self.taken.of_company(self.company.pk if self.company else None)
        return Counted(self.taken.holding, len(self.taken.waiting), len(of_company))

    @property
    def company_left(self) -> int | None:
        """How many more people the company may send; None where there is no limit."""
        return self.taken.room(self.company.pk if self.company else None).company


def desk_for(event: Event, user: User, company: Company | None) -> Desk:
    """Seven queries, however many people, registrations and sessions."""
    taken = taken_places(event)
    states = {one.email: one.state for one in taken.active}
    people = [one.user for one in people_of(company) if one.user.is_active] if company else [user]
    people.sort(key=lambda one: one.pk != user.pk)
    candidates = tuple(Candidate(one, states.get(one.email, "")) for one in people)
    price = price_for(prices_of(event), company.kind if company else "")
    return Desk(event, company, candidates, taken, price, asked_at(event))


def asked_at(event: Event, *, besides: int | None = None) -> Asked:
    """Four queries. The choices of the registration `besides` do not count as taken."""
    questions = tuple(Question.objects.filter(event=event).order_by("position", "pk"))
    return Asked(agenda_of(event), questions, taken_sessions(event, besides=besides))
