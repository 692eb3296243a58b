"""Coming in: by one's own link, or by the code on the screen."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.events.actions.attending import note
from lms.events.actions.moving import Refused, locked
from lms.events.models import Event, Registration, Session
from lms.events.rules import HowSeen, RegistrationState
from lms.events.rules.being_there import BREAK, COMING_IN, OPENS_BEFORE, Door, door, sessions_now
from lms.events.selectors.attendance import DIGITS, chosen_by, code_of, spans_of


def join(registration: Registration, *, now: datetime | None = None) -> None:
    """Note that somebody came in by their own link. Doing it again changes nothing. Raises Refused.

    It counts for the session that runs or comes next in this sitting; of parallel ones for those they chose, and
    where they chose none for the first.
    """
    now = now or timezone.now()
    refuse_outside(registration)
    spans = spans_of(registration.event_id)
    if door(spans, now)[0] != Door.OPEN:
        raise Refused(_("The meeting is not open now. Nothing was noted."))
    chosen = chosen_by(registration)
    found = sessions_now(spans, chosen, now, ahead=BREAK + OPENS_BEFORE)
    if not chosen & set(found):
        found = found[:1]
    for session_id in found:
        note(registration.event_id, session_id, [(registration.pk, now)], how=HowSeen.LINK, now=now)


def refuse_outside(registration: Registration) -> None:
    """Raise Refused unless this person has a place at an event that takes place."""
    if registration.event.is_cancelled:
        raise Refused(_("This event is cancelled."))
    if registration.state == RegistrationState.ABSENT:
        raise Refused(_("The organisers did not see you at this event. Tell them if you were there."))
    if registration.state not in COMING_IN:
        state = registration.get_state_display()
        raise Refused(_("You have no place at this event: “%(state)s”. Ask an organiser.") % {"state": state})


@transaction.atomic
def renew_code(event_id: int) -> str:
    """Another code: the one before lets nobody in any more."""
    return _renewed(locked(event_id))


def _renewed(event: Event) -> str:
    before = code_of(event)
    while event.check_in_code in ("", before):
        event.check_in_code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    event.save(update_fields=["check_in_code"])
    return event.check_in_code


def check_in(
    registration: Registration, code: str, *, session_id: int | None = None, now: datetime | None = None
) -> list[Session]:
    """Note that somebody typed the code on the screen, and return the sessions they are in. Again changes nothing.

    Raises Refused: `field` is `code`, or `session` where several run side by side, they chose none and name none.
    """
    now = now or timezone.now()
    refuse_outside(registration)
    spans = spans_of(registration.event_id)
    chosen = chosen_by(registration)
    found = sessions_now(spans, chosen, now)
    if not found:
        raise Refused(_("No session runs just now. You can check in from 15 minutes before one begins until it ends."))
    right = code_of(Event.objects.get(pk=registration.event_id))
    typed = "".join(one for one in code if one.isdigit())
    if not secrets.compare_digest(typed.encode(), right.encode()):
        raise Refused(_("This is not the code on the screen. Look again: it has six digits."), "code")
    if len(found) > 1 and not chosen & set(found):
        if session_id not in found:
            raise Refused(_("Several sessions run side by side. Say which one you are in."), "session")
        found = [session_id]
    for pk in found:
        note(registration.event_id, pk, [(registration.pk, now)], how=HowSeen.CODE, now=now)
    return list(Session.objects.filter(pk__in=found))
