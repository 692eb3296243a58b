"""Mail about an event that became another, or that is not to be."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.core.letters import Mail
from lms.events.models import Event, Registration
from lms.events.rules import ACTIVE
from lms.events.selectors.schedule import differences, said_briefly, schedule_of, when
from lms.events.selectors.told import CANCELLED, CHANGED, cancellation_of, last_told_schedule
from lms.notifications.models import Message


def event_of(message: Message) -> Event | None:
    """The event a message is about, while it is as it was when the message was owed."""
    pk, sequence = (int(part) for part in message.subject.removeprefix("event:").split(":"))
    return Event.objects.filter(pk=pk, sequence=sequence).first()


class EventChanged:
    """To everybody who comes, waits or has asked: what is now, and what it was when they last heard."""

    name = CHANGED

    def compose(self, message: Message) -> Mail | None:
        event = event_of(message)
        if event is None or event.is_cancelled or not _concerns(message, event):
            return None
        before = last_told_schedule(event, message.recipient)
        what = differences(before, schedule_of(event)) if before else []
        if not what:
            return None
        words = {"event": event.title}
        return Mail(
            subject=_("“%(event)s” has changed") % words,
            paragraphs=[
                _("An organiser has changed “%(event)s”. Your registration stays as it is.") % words,
                *said_briefly(what),
                _("If it does not suit you any more, you can give up your place on the page of the event."),
            ],
            button=(_("Open the event"), reverse("events:event", args=[event.pk])),
            preheader=what[0],
        )


class EventCancelled:
    """To everybody who was to come, waited or had asked: it is not to be, and why."""

    name = CANCELLED

    def compose(self, message: Message) -> Mail | None:
        event = event_of(message)
        if event is None or not event.is_cancelled:
            return None
        words = {"event": event.title, "why": event.cancelled_why}
        paragraphs = [_("“%(event)s” is cancelled. You need not do anything: your registration has ended.") % words]
        if event.cancelled_why:
            paragraphs.append(_("Why: %(why)s") % words)
        before = cancellation_of(event)
        first = min(before.parts, key=lambda part: part.starts) if before and before.parts else None
        if before and first:
            words["when"] = when(first, before.time_zone)
            paragraphs.append(_("It was to be on %(when)s. Take it out of your calendar.") % words)
        return Mail(
            subject=_("“%(event)s” is cancelled") % words,
            paragraphs=paragraphs,
            button=(_("Open the event"), reverse("events:event", args=[event.pk])),
        )


def _concerns(message: Message, event: Event) -> bool:
    """Whether the recipient, or a colleague without an account whom they registered, still is to come."""
    theirs = Q(user=message.recipient) | Q(user=None, order__placed_by=message.recipient)
    return Registration.objects.filter(theirs, event=event, state__in=sorted(ACTIVE)).exists()
