"""An organiser's list: who is registered, as asked for, with what each said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from lms.accounts.models import Company
from lms.events.models import Event, Question, Registration, SessionChoice
from lms.events.rules import RegistrationState, nok


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the registrations somebody wants to see. Empty: all."""

    state: str = ""
    company: int | None = None
    words: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "Wanted":
        """From an address or a form. What is not understood asks for nothing."""
        state, company = data.get("state", ""), data.get("company", "")
        return cls(
            state=state if state in RegistrationState.values else "",
            company=int(company) if company.isascii() and company.isdigit() and len(company) < 10 else None,
            words=data.get("q", "").replace("\0", "").strip()[:100],
        )

    @property
    def fields(self) -> dict[str, str]:
        """As it stands in an address."""
        asked = {"state": self.state, "company": str(self.company or ""), "q": self.words}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Row:
    """A registration with what stands beside it in the list."""

    one: Registration
    sessions: list[str]
    answers: list[tuple[str, str]]

    @property
    def fee(self) -> str:
        return nok(self.one.fee) if self.one.fee else ""


def registrations_listed(event: Event, asked: Wanted) -> QuerySet[Registration]:
    """Those of an event that were asked for, in the order of the line; two queries with the sessions they chose."""
    found = Registration.objects.filter(event=event)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.company:
        found = found.filter(company=asked.company)
    for word in asked.words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    chosen = Prefetch("choices", SessionChoice.objects.select_related("session"))
    whole = found.select_related("company", "user", "order__placed_by").prefetch_related(chosen)
    return whole.order_by("queued_at", "pk")


def companies_at(event: Event) -> QuerySet[Company]:
    """Those with somebody registered."""
    return Company.objects.filter(event_registrations__event=event).distinct().order_by("name")


def questions_of(event: Event) -> list[Question]:
    return list(Question.objects.filter(event=event))


def rows(registrations: Iterable[Registration], questions: list[Question]) -> list[Row]:
    """The registrations with the titles of their sessions and their answers to the event's questions."""
    return [Row(one, _sessions(one), _answers(one, questions)) for one in registrations]


def _sessions(one: Registration) -> list[str]:
    chosen = sorted((choice.session for choice in one.choices.all()), key=lambda session: session.starts_at)
    return [f"{session.track}: {session.title}" if session.track else session.title for session in chosen]


def _answers(one: Registration, questions: list[Question]) -> list[tuple[str, str]]:
    return [(question.text, answer_to(question, one)) for question in questions if answer_to(question, one)]


def answer_to(question: Question, one: Registration) -> str:
    """What somebody answered, as text; nothing where they did not."""
    answer = one.answers.get(str(question.pk), "")
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    return str(answer)
