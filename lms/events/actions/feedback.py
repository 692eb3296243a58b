"""Asking people how it was, and keeping what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.events.actions.moving import Refused, locked
from lms.events.models import Event, FeedbackQuestion, FeedbackReply, Registration
from lms.events.rules.feedback import ASKED_AFTER, MOST_QUESTIONS, may_answer, may_change
from lms.events.selectors.feedback import for_feedback, is_answered, not_yet_asked, questions_of
from lms.notifications.actions import owe_many

INVITATION = "events.feedback"
"""The kind of message that asks for feedback; its subject is `feedback:<registration id>`."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to ask: a scale or a few words. `id` of one that is there already."""

    text: str
    kind: str
    id: int | None = None


@transaction.atomic
def change_questions(event_id: int, asked: Sequence[Asking]) -> None:
    """Ask these, in this order; those that are not named any more go. Raises Refused once somebody has answered."""
    event = locked(event_id)
    if is_answered(event):
        raise Refused(_("Somebody has answered by now, so the questions stay as they are. Nothing was changed."))
    if not asked:
        raise Refused(_("Ask at least one question. Nothing was changed."))
    if len(asked) > MOST_QUESTIONS:
        raise Refused(_("Ask at most %(most)s questions. Nothing was changed.") % {"most": MOST_QUESTIONS})
    known = {one.pk: one for one in FeedbackQuestion.objects.filter(event=event)}
    kept = {one.id for one in asked if one.id in known}
    FeedbackQuestion.objects.filter(event=event).exclude(pk__in=kept).delete()
    for position, one in enumerate(asked):
        question = known.get(one.id or 0) or FeedbackQuestion(event=event)
        question.text, question.kind, question.position = one.text, one.kind, position
        question.save()


@transaction.atomic
def answer(registration: Registration, answers: Mapping[int, int | str], *, now: datetime | None = None) -> None:
    """Keep what somebody thought, by question id; a second time in 14 days takes the place of the first.

    Raises Refused; `field` is `q-<question id>` where it is about one.
    """
    now = now or timezone.now()
    event = locked(registration.event_id)
    found = for_feedback(Registration.objects.filter(pk=registration.pk)).get()
    refuse_answer(found, event, now)
    known = {one.pk for one in questions_of(event)}
    if not answers:
        raise Refused(_("Answer at least one question. Nothing was sent."))
    if not set(answers) <= known:
        raise Refused(_("The questions were changed while you wrote. Look at them again; nothing was sent."))
    kept = {str(pk): value for pk, value in sorted(answers.items())}
    reply, is_new = FeedbackReply.objects.get_or_create(
        registration=registration, defaults={"answers": kept, "given_at": now}
    )
    if is_new:
        return
    if not may_change(reply.given_at, now):
        raise Refused(_("Your answers are older than 14 days and stay as they are. Thank you for them."))
    reply.answers = kept
    reply.save(update_fields=["answers"])


def refuse_answer(found: Registration, event: Event, now: datetime) -> None:
    """Raise Refused unless this person may say how it was. `found` comes from `selectors.feedback.for_feedback`."""
    if event.is_cancelled:
        raise Refused(_("This event was cancelled, so there is nothing to tell about it."))
    over = event.ends_at is not None and now >= event.ends_at
    if may_answer(found.state, seen=found.seen, over=over):  # type: ignore[attr-defined]
        return
    if found.state == "confirmed":
        raise Refused(_("You can tell us how it was when it is over."))
    raise Refused(_("These questions are for those who were there. Tell an organiser if you were."))


def ask_for_feedback(*, now: datetime | None = None) -> None:
    """Owe everybody who was at an event that is over one mail that asks how it was. Doing it again changes nothing."""
    now = now or timezone.now()
    by_event: dict[int, list[Registration]] = {}
    for one in not_yet_asked(INVITATION, now):
        by_event.setdefault(one.event_id, []).append(one)
    for people in by_event.values():
        ends = people[0].event.ends_at
        if ends is None:
            continue
        owed: list[tuple[User, str]] = [(one.user or one.order.placed_by, f"feedback:{one.pk}") for one in people]
        owe_many(INVITATION, owed, due=ends + ASKED_AFTER)
