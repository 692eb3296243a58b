"""What people thought of an event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation
from django.utils.translation import gettext_noop

from lms.events.models import Event, FeedbackQuestion, FeedbackReply, Registration
from lms.events.rules import EventStatus, QuestionKind, RegistrationState
from lms.events.rules.being_there import PLANNED
from lms.events.rules.feedback import ASKED_UNTIL, Scale, scale
from lms.events.selectors.attendance import with_seen
from lms.notifications.models import Message


def for_feedback(registrations: QuerySet[Registration]) -> QuerySet[Any]:
    """The registrations with what decides whether they are asked: `seen` and `answered`, and their event at hand."""
    answered = Exists(FeedbackReply.objects.filter(registration=OuterRef("pk")))
    return with_seen(registrations).annotate(answered=answered).select_related("event", "user", "order__placed_by")


def not_yet_asked(kind: str, now: datetime) -> QuerySet[Any]:
    """Those who were at an event that is over, never were sent a message of this kind, and have not answered."""
    told = Message.objects.filter(
        kind=kind, subject=Concat(Value("feedback:"), Cast(OuterRef("pk"), CharField(max_length=20)))
    )
    over = Registration.objects.filter(event__ends_at__lte=now, event__ends_at__gt=now - ASKED_UNTIL)
    there = for_feedback(over.exclude(event__status=EventStatus.CANCELLED)).filter(
        Q(state=RegistrationState.ATTENDED) | Q(state=RegistrationState.CONFIRMED, seen=True)
    )
    return there.filter(~Exists(told), answered=False).order_by("event", "pk")


USUAL = (
    (gettext_noop("How useful was it?"), QuestionKind.SCALE),
    (gettext_noop("How likely are you to use what you learned?"), QuestionKind.SCALE),
    (gettext_noop("Was the level right for you?"), QuestionKind.SCALE),
    (gettext_noop("What should we do better?"), QuestionKind.TEXT),
)


def questions_of(event: Event) -> list[FeedbackQuestion]:
    """The questions of the event's feedback form; the usual four, in its own language, where nobody wrote others.

    Those are in no table: their ids are -1 to -4, which no question that was written has.
    """
    if found := list(FeedbackQuestion.objects.filter(event=event)):
        return found
    with translation.override(event.language):
        return [
            FeedbackQuestion(pk=-at, event=event, text=translation.gettext(text), kind=kind, position=at)
            for at, (text, kind) in enumerate(USUAL, 1)
        ]


def reply_of(registration: Registration) -> FeedbackReply | None:
    return FeedbackReply.objects.filter(registration=registration).first()


def is_answered(event: Event) -> bool:
    """Whether anybody has said how it was: then the questions stay as they are."""
    return FeedbackReply.objects.filter(registration__event=event).exists()


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one answer. `width` is of a hundred, for the drawing."""

    value: int
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it: `scale` for a scale, `texts` for words, in alphabetical order."""

    question: FeedbackQuestion
    scale: Scale | None
    texts: list[str]

    @property
    def bars(self) -> list[Bar]:
        if self.scale is None:
            return []
        return [Bar(value, count, round(100 * count / (self.scale.n or 1))) for value, count in self.scale.counts]


@dataclass(frozen=True, slots=True)
class Results:
    """The answers by question, without names; `replies` of the `there` who were there or answered all the same."""

    asked: list[Asked]
    replies: list[dict[str, Any]]
    there: int


def results(event: Event, questions: Iterable[FeedbackQuestion]) -> Results:
    """Two queries, however many answered."""
    given = FeedbackReply.objects.filter(registration__event=event)
    # In the order of what was said: the order in which people answered would say who did.
    replies = sorted(given.values_list("answers", flat=True), key=lambda one: [str(value) for value in one.values()])
    asked = []
    for question in questions:
        values = [reply[str(question.pk)] for reply in replies if str(question.pk) in reply]
        if question.kind == QuestionKind.SCALE:
            asked.append(Asked(question, scale(values), []))
        else:
            asked.append(Asked(question, None, sorted((str(value) for value in values), key=str.casefold)))
    there = for_feedback(Registration.objects.filter(event=event, state__in=PLANNED))
    counted = there.filter(Q(state=RegistrationState.ATTENDED) | Q(seen=True) | Q(answered=True))
    return Results(asked, replies, counted.count())
