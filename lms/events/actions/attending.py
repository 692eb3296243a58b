"""Who was there. What was noted first stays; what an organiser takes back is kept in the log."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.events.actions.moving import Refused, locked, move
from lms.events.models import Attendance, Event, Registration, Session
from lms.events.rules import HowSeen, RegistrationState
from lms.events.rules.being_there import PLANNED
from lms.events.selectors.attendance import events_to_finish, with_seen

logger = logging.getLogger(__name__)
UNSEEN = "events.unseen"
Seen = tuple[int, datetime]
"""A registration's id, and when they were seen."""


@transaction.atomic
def note(
    event_id: int, session_id: int, seen: Iterable[Seen], *, how: HowSeen, by: User | None = None, now: datetime
) -> int:
    """Note that these were in the session, and return how many that is news of. Once noted, it stays as it was.

    Ids of other events, and of those who were not to be there, count for nothing. Where the event is finished already,
    whoever was thought absent was there after all.
    """
    event = locked(event_id)
    if not Session.objects.filter(pk=session_id, event=event).exists():
        return 0
    when = dict(seen)
    coming = Registration.objects.filter(event=event, state__in=PLANNED, pk__in=when)
    new = list(coming.exclude(attendances__session=session_id))
    Attendance.objects.bulk_create(
        (Attendance(registration=one, session_id=session_id, seen_at=when[one.pk], how=how, by=by) for one in new),
        ignore_conflicts=True,
    )
    was_there = [one for one in new if one.state == RegistrationState.ABSENT]
    move(was_there, RegistrationState.ATTENDED, now=now, tell=False)
    return len(new)


def note_all(event_id: int, session: Session, ids: Iterable[int], *, by: User, now: datetime | None = None) -> int:
    """An organiser saw all of these in the session. Returns how many that is news of."""
    now = now or timezone.now()
    return note(event_id, session.pk, ((pk, now) for pk in ids), how=HowSeen.ORGANISER, by=by, now=now)


@transaction.atomic
def take_back(registration: Registration, session: Session, *, by: User, now: datetime | None = None) -> None:
    """They were not in the session after all. What had been noted is kept in the log. Again changes nothing."""
    now = now or timezone.now()
    event = locked(registration.event_id)
    found = Attendance.objects.filter(registration=registration, session=session).first()
    if found is None:
        return
    noted = {"person": registration.name, "session": session.title, "how": found.how, "at": found.seen_at.isoformat()}
    log(event, UNSEEN, user=by, data=noted)
    found.delete()
    left = Registration.objects.filter(pk=registration.pk, state=RegistrationState.ATTENDED, attendances=None)
    move(list(left), RegistrationState.ABSENT, now=now, tell=False)


@transaction.atomic
def finish(event_id: int, *, now: datetime | None = None) -> tuple[int, int]:
    """Say of everybody with a place whether they were there; how many were, how many were not. Again: whoever is left.

    Raises Refused before the end and for an event that is cancelled. Attendance can be corrected afterwards.
    """
    now = now or timezone.now()
    event = locked(event_id)
    if event.is_cancelled:
        raise Refused(_("This event is cancelled: nobody was to be there. Nothing was changed."))
    if event.ends_at is None or now < event.ends_at:
        raise Refused(_("The event is not over yet. Nothing was changed. Finish it when it has ended."))
    left = list(with_seen(Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED)))
    there = [one for one in left if one.seen]
    absent = [one for one in left if not one.seen]
    move(there, RegistrationState.ATTENDED, now=now, tell=False)
    move(absent, RegistrationState.ABSENT, now=now, tell=False)
    return len(there), len(absent)


def finish_past(*, now: datetime | None = None) -> None:
    """Finish what ended a day ago, where anybody was noted as there. One bad event stops none."""
    now = now or timezone.now()
    failed = []
    for event_id in Event.objects.filter(pk__in=events_to_finish(now)).values_list("pk", flat=True):
        try:
            finish(event_id, now=now)
        except Exception:
            logger.exception("event not finished: %s", event_id)
            failed.append(event_id)
    if failed:
        raise RuntimeError(f"not finished: events {failed}")
