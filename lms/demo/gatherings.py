"""The demo's events: a weekly workshop, two webinars, the delegation to Minneapolis, a small meeting that is full.

Dates are counted from today. What was made once is known again by its UID and left alone, so loading again changes
nothing. The examples get no mail about all this.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Cluster, Company, User
from lms.demo.companies import NHT
from lms.demo.delegation import KEY as DELEGATION
from lms.demo.delegation import make_delegation
from lms.demo.making import Guests, Part, at_nine, is_made, make_event, see
from lms.events.actions import cancel
from lms.events.actions.moving import MAIL, move
from lms.events.models import ActionItem, Event, FeedbackQuestion, FeedbackReply, Note, Question
from lms.events.rules import EventKind, QuestionKind, RegistrationState, Visibility
from lms.notifications.models import Message

CAPACITY = 12
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
WORKSHOPS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "who pays, who decides, who uses",
        "Draw the three on one sheet for your own product, and find out which of them you have never met.",
        ("company", "learner", "outsider", "bjorn", "cecilie", "dag", "eli", "frode", "guro", "jonas"),
        ("dag", "guro"),
    ),
    (
        "is it a device?",
        "Two hours on what your product is in the eyes of the FDA. Bring its intended use in one sentence.",
        ("learner", "ada", "outsider", "bjorn", "cecilie", "dag", "eli", "frode", "guro", "hakon", "ingrid", "jonas"),
        ("ada", "jonas"),
    ),
    (
        "the first call with a hospital",
        "Five minutes each, in pairs: you call, a colleague from another company is the hospital.",
        ("company", "learner", "ada", "outsider", "bjorn", "cecilie", "dag", "eli", "frode", "hakon", "ingrid"),
        ("bjorn", "ingrid"),
    ),
    (
        "evidence that a US buyer believes",
        "Which of your studies travel, which do not, and what the next one would have to show.",
        ("company", "learner", "outsider", "bjorn", "cecilie", "eli", "frode", "guro", "hakon"),
        (),
    ),
    (
        "coverage, coding, payment",
        "Three words that are often taken for one. Bring the name of the code you hope for.",
        ("ada", "outsider", "dag", "eli", "ingrid"),
        (),
    ),
    (
        "choosing a state",
        "Two states compared for your own product, on one page, with the reasons.",
        ("cecilie", "frode"),
        (),
    ),
    (
        "a budget for the first year",
        "What it costs to be there, month by month, and when you would stop.",
        (),
        (),
    ),
)
"""Title, summary, who has a place, and who of them was absent where it has been. The first `PAST` have been."""
PAST = 3
AGREED = (
    ("List the three people who use it on a normal day", "Name the person who pays for the ward’s equipment"),
    ("Write the intended use in one sentence", "Find two devices that may be predicates"),
    ("Call the finance office of one hospital", "Write down who signs a purchase above USD 50,000"),
)
"""What Ola and Kari agreed to do at each workshop that has been; of all but the last it is done."""
OPINIONS = (
    (5, "More time in pairs, please. Example answer."),
    (4, "Send the list of questions the day before. Example answer."),
    (5, ""),
    (3, "Two hours is long on a screen. Example answer."),
    (4, "Example answer: I would like to hear a real call."),
)


@transaction.atomic
def ensure_gatherings(people: dict[str, User], companies: dict[str, Company]) -> None:
    """The events that are missing, with their registrations."""
    now, guests = timezone.now(), Guests(people, companies)
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for number, one in enumerate(WORKSHOPS):
        if not is_made(f"workshop-{number + 1}"):
            _workshop(number, one, workshop_day(number, timezone.localdate(now)), guests, now)
    if not is_made("webinar-coming"):
        _coming_webinar(guests, now)
    if not is_made("webinar-past"):
        _past_webinar(guests, now)
    if not is_made(DELEGATION):
        _delegation(guests, now)
    if not is_made("meeting"):
        _meeting(guests, now)
    Message.objects.filter(pk__gt=last, kind=MAIL).delete()


def next_weekday(today: date, weekday: int) -> date:
    """The next day of that name after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def workshop_day(number: int, today: date) -> date:
    """Thursdays: the first `PAST` before today, the others after it; never today, when it may be over or not."""
    if number >= PAST:
        return next_weekday(today, THURSDAY) + timedelta(weeks=number - PAST)
    return next_weekday(today - timedelta(days=1), THURSDAY) - timedelta(weeks=PAST - number)


def _hours(day: date, begins: int, ends: int) -> tuple[datetime, datetime]:
    return datetime.combine(day, time(begins)), datetime.combine(day, time(ends))


def _workshop(
    number: int, told: tuple[str, str, tuple[str, ...], tuple[str, ...]], day: date, guests: Guests, now: datetime
) -> None:
    title, summary, names, absent = told
    event = make_event(
        f"workshop-{number + 1}",
        [Part("Workshop", *_hours(day, 13, 15), speakers="Demo Advisor")],
        kind=EventKind.WORKSHOP,
        title=f"USA Next workshop: {title}",
        summary=summary,
        description="Every Thursday, two hours on one question. We work on your own case, so come prepared.",
        owner=guests.people["advisor"],
        link="https://meet.example/usa-next",
        visibility=Visibility.MEMBERS,
        capacity=CAPACITY,
    )
    _asks(event, "What would you like to leave with?")
    began = min(at_nine(now, 6), at_nine(event.starts_at or now, 9))
    guests.ask_one_by_one(event, names, began=began)
    if number < PAST:
        see(event, absent, guests.people)
        _afterwards(event, AGREED[number], guests, now, done=number < PAST - 1)


def _asks(event: Event, text: str) -> None:
    Question.objects.create(event=event, text=text)


def _afterwards(event: Event, items: tuple[str, str], guests: Guests, now: datetime, *, done: bool) -> None:
    """What people thought, what was written down, what was agreed. Written as models, at times that are over."""
    ended = event.ends_at or now
    scale = FeedbackQuestion.objects.create(event=event, text="Was it worth your time?", position=0)
    words = FeedbackQuestion.objects.create(
        event=event, text="What should we do differently?", kind=QuestionKind.TEXT, position=1
    )
    were_there = event.registrations.filter(state=RegistrationState.ATTENDED).order_by("pk")
    FeedbackReply.objects.bulk_create(
        FeedbackReply(
            registration=one,
            answers={str(scale.pk): mark, **({str(words.pk): text} if text else {})},
            given_at=ended + timedelta(hours=1 + n),
        )
        for n, (one, (mark, text)) in enumerate(zip(were_there, OPINIONS, strict=False))
    )
    advisor, medtech = guests.people["advisor"], guests.companies["Example Medtech AS"]
    written = {"event": event, "written_by": advisor, "written_at": ended}
    note = Note.objects.create(
        company=medtech,
        text="They know who uses it, and are not sure who pays. A call with the hospital’s finance office would tell.",
        changed_at=ended,
        **written,
    )
    Note.objects.create(text="The pairs worked well. Next time: fewer slides.", changed_at=ended, **written)
    due = timezone.localdate(ended) + timedelta(days=14)
    agreed = {"note": note, "company": medtech, "due": due, **written}
    for text, who in zip(items, ("Ola Demo", "Kari Eksempel"), strict=True):
        done_at = ended + timedelta(days=6) if done else None
        ActionItem.objects.create(text=text, who=who, done_at=done_at, **agreed)


def _coming_webinar(guests: Guests, now: datetime) -> None:
    day = next_weekday(timezone.localdate(now) + timedelta(days=7), TUESDAY)
    event = make_event(
        "webinar-coming",
        [Part("Webinar", *_hours(day, 12, 13), speakers="Demo Host, Demo Founder")],
        kind=EventKind.WEBINAR,
        title="What a US hospital asks before a pilot",
        summary="Forty minutes on the questions that come first, twenty for yours. Open to everybody.",
        description="An example webinar with made-up speakers.",
        owner=guests.people["editor"],
        link="https://meet.example/pilot",
        visibility=Visibility.EVERYONE,
    )
    guests.ask(event, "company", "learner", at=at_nine(now, 4))
    guests.ask_one_by_one(event, ("outsider", "cecilie", "eli", "jonas"), began=at_nine(now, 3))


def _past_webinar(guests: Guests, now: datetime) -> None:
    day = next_weekday(timezone.localdate(now), TUESDAY) - timedelta(weeks=4)
    event = make_event(
        "webinar-past",
        [Part("Webinar", *_hours(day, 12, 13), speakers="Demo Host, Demo Founder")],
        kind=EventKind.WEBINAR,
        title="Market access at home before you go abroad",
        summary="Why a sale in Norway is the first thing a foreign buyer asks about.",
        description="An example webinar with made-up speakers. It has been held.",
        owner=guests.people["editor"],
        link="https://meet.example/market-access",
        visibility=Visibility.EVERYONE,
    )
    names = ("learner", "ada", "outsider", "dag", "frode", "guro", "hakon")
    guests.ask_one_by_one(event, names, began=at_nine(event.starts_at or now, 7))
    see(event, ("ada", "hakon"), guests.people)


def _delegation(guests: Guests, now: datetime) -> None:
    """Two companies have asked; one of them has its answer."""
    event = make_delegation(guests.people["owner"], today=timezone.localdate(now))
    track = event.sessions.get(track="Companies").pk
    meet = str(event.questions.earliest("position").pk)
    ward, clinic = {meet: "Example: a virtual ward that uses implants."}, {meet: "Example: Mayo Clinic."}
    order = guests.ask(event, "eli", "frode", at=at_nine(now, 8), answers=ward, sessions=(track,))
    guests.ask(event, "cecilie", at=at_nine(now, 2), answers=clinic, sessions=(track,))
    # An organiser has answered the first request; there is no action that lets it have happened a week ago.
    move(list(order.registrations.all()), RegistrationState.CONFIRMED, now=at_nine(now, 7), tell=False)


def _meeting(guests: Guests, now: datetime) -> None:
    """Four places, and more who would come: one gave theirs up, so the first in line is offered it."""
    day = next_weekday(timezone.localdate(now) + timedelta(days=14), WEDNESDAY)
    event = make_event(
        "meeting",
        [Part("Meeting", *_hours(day, 9, 11))],
        kind=EventKind.MEETING,
        title="Working group Minnesota, first meeting",
        summary="A small group that shares what it learns about one state. This time: which hospitals to begin with.",
        description="For companies of the cluster that have chosen Minnesota, or nearly. At most four people.",
        owner=guests.people["advisor"],
        place="Example Implants’ office, Oslo",
        visibility=Visibility.CLUSTERS,
        capacity=4,
        offer_hours=72,
    )
    event.clusters.add(Cluster.objects.get(slug=NHT))
    guests.ask_one_by_one(
        event, ("bjorn", "cecilie", "eli", "jonas", "outsider", "company", "learner"), began=at_nine(now, 4)
    )
    cancel(event.registrations.get(user=guests.people["jonas"]), now=now)
