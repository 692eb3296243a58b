"""An organiser's message to registrants."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.events.actions.moving import Refused
from lms.events.models import Announcement, Event, Registration
from lms.notifications.actions import owe_many

ANNOUNCED = "events.message"
"""The kind of message that brings an announcement; its subject is `announcement:<id>`."""


def recipients_of(registrations: Iterable[Registration]) -> list[User]:
    """Who gets what is written to these people: each once; whoever registered them, for those without an account."""
    people = {(one.user or one.order.placed_by).pk: one.user or one.order.placed_by for one in registrations}
    return [person for person in people.values() if person.is_active]


@transaction.atomic
def announce(
    event: Event,
    registrations: Iterable[Registration],
    *,
    subject: str,
    text: str,
    by: User,
    token: UUID,
    expected: int | None = None,
    now: datetime | None = None,
) -> Announcement:
    """Owe each of these people the message, once. The same `token` again sends nothing.

    Raises Refused for nobody, and where they are not as many as the writer was shown (`expected`).
    """
    now = now or timezone.now()
    people = list(registrations)
    states = sorted({one.state for one in people})
    made = {"event": event, "written_by": by, "subject": subject, "text": text, "to_states": states, "written_at": now}
    written, new = Announcement.objects.get_or_create(token=token, defaults=made)
    if (written.event_id, written.written_by_id) != (event.pk, by.pk):
        raise Refused(_("This form was sent before, for another event. Nothing was sent. Load the page and try again."))
    if not new:
        return written
    recipients = recipients_of(people)
    if not recipients:
        raise Refused(_("Nobody is chosen, so nothing was sent. What you wrote is still here."))
    if expected is not None and expected != len(recipients):
        words = _("It would go to %(now)s people now, not %(before)s: look whom you write to, and send it again.")
        raise Refused(words % {"now": len(recipients), "before": expected})
    owe_many(ANNOUNCED, [(person, f"announcement:{written.pk}") for person in recipients], due=now)
    log(event, "events.message", user=by, data={"announcement": written.pk, "people": len(recipients)})
    return written
