"""The delegation to Minneapolis. Its facts are those of the clusters’ invitation of 2023, told in our own words."""

from datetime import date, datetime, time, timedelta
from typing import Any

from lms.accounts.models import User
from lms.accounts.rules import CompanyKind
from lms.demo.making import Part, make_event
from lms.events.models import Event, Fee, Question
from lms.events.rules import EventKind, EventStatus, FeeFor, QuestionKind, Visibility

KEY = "delegation-minneapolis"
ZONE = "America/Chicago"
FEE = 500_000
"""NOK 5,000, in øre."""
PUBLIC = (CompanyKind.MUNICIPALITY, CompanyKind.HOSPITAL, CompanyKind.UNIVERSITY)

DESCRIPTION = (
    "An example that follows an invitation of 2023; the dates are moved and the people are made up. Why one goes, what "
    "is practical and who is behind it stand on the page of the delegation."
)

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "text": "Whom would you like to meet in Minnesota?",
        "help": "An institution, or a kind of one.",
        "required": True,
    },
    {"text": "Is there food you do not eat?"},
    {"text": "Shall we tell you about a hotel?", "kind": QuestionKind.YES},
)


def next_time(today: date) -> date:
    """The next 31 May that is still to come."""
    this_year = date(today.year, 5, 31)
    return this_year if this_year > today else date(today.year + 1, 5, 31)


def parts(first: date) -> list[Part]:
    """The agenda: three days. Nobody has said yet when the third begins, or when most sessions end."""
    second, third = first + timedelta(days=1), first + timedelta(days=2)

    def on(day: date, clock: time) -> datetime:
        return datetime.combine(day, clock)

    return [
        Part(
            "Medical Alley",
            on(first, time(9)),
            description="A visit to the health technology cluster: the most innovative in the world, in the "
            "organisers’ words. They also call it the Silicon Valley of healthcare.",
            place="Medical Alley",
        ),
        Part(
            "Parallel session for companies",
            on(second, time(9)),
            track="Companies",
            place="Norway House",
        ),
        Part(
            "Parallel session for universities, municipalities and health institutions",
            on(second, time(9)),
            description="Which of these is still to be settled. Instead of Medtronic it may be a virtual hospital, an "
            "ambulatory virtual centre, or another institution with virtual wards.",
            track="Institutions",
            place="Medtronic HQ and/or the University of Minnesota, Twin Cities",
        ),
        Part(
            "US and Norway networking evening",
            on(second, time(18, 30)),
            on(second, time(21)),
            description="Norwegian food and networking, in Minneapolis/St Paul.",
            place="Norway House",
        ),
        Part(
            "Mayo Clinic",
            on(third, time()),
            time_known=False,
            description="An introduction to how they work: digital monitoring at home, following up patients who stay "
            "at home, treatment and patient-reported outcomes between out-patients and the hospitals, the newest "
            "innovations and best practice.",
            place="Mayo Clinic",
        ),
        Part(
            "Medical Alley, with the whole delegation",
            on(third, time()),
            time_known=False,
            description="A forum where healthcare leaders exchange ideas; the US go-to-market accelerator with "
            "webinars, bootcamps, introductions to partners and reverse trade promotion; Medical Alley Starts, a "
            "platform for young companies; and the network’s work on partnerships, investment and legislation.",
            place="Medical Alley",
        ),
    ]


def make_delegation(owner: User, *, today: date) -> Event:
    """The event with its agenda, fees and questions; tentative, all of it to be confirmed."""
    event = make_event(
        KEY,
        [Part(**{**one.__dict__, "tentative": True}) for one in parts(next_time(today))],
        kind=EventKind.DELEGATION,
        title="Visiting Minneapolis with the Norwegian ecosystem in health",
        summary="Three days with Medical Alley, Norway House, the university and Mayo Clinic, on future and virtual "
        "hospitals and digital monitoring at home.",
        description=DESCRIPTION,
        owner=owner,
        time_zone=ZONE,
        place="Minneapolis, Minnesota, USA",
        status=EventStatus.TENTATIVE,
        visibility=Visibility.EVERYONE,
        per_company=2,
        approval=True,
        covered="Food, other than breakfast and drinks",
        not_covered="Hotel. A recommendation is to come\nFlights\nBreakfast and drinks",
    )
    fees = [Fee(event=event, company_kind=kind, amount=0) for kind in PUBLIC]
    Fee.objects.bulk_create([Fee(event=event, amount=FEE, each=FeeFor.COMPANY), *fees])
    Question.objects.bulk_create(Question(event=event, position=n, **one) for n, one in enumerate(QUESTIONS))
    return event
