"""Making an event and changing it. Whoever plans by it is owed mail when it becomes another."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.core.markup import MarkupTooLarge, render_markdown
from lms.events import followers
from lms.events.actions.arranged import EventData, set_belongings
from lms.events.actions.deciding import cancel_everybody
from lms.events.actions.moving import Refused, locked
from lms.events.actions.queue import fill
from lms.events.models import Change, Event, Registration, Session
from lms.events.rules import ACTIVE, EventStatus, Schedule, is_another, shifted
from lms.events.selectors import taken_places
from lms.events.selectors.schedule import schedule_of
from lms.events.selectors.told import CANCELLED, CHANGED, subject_of
from lms.notifications.actions import owe_many

FIELDS = frozenset(
    """kind title summary description language owner time_zone place link status visibility capacity per_company
    approval opens_at closes_at change_until offer_hours covered not_covered""".split()
)
"""What an organiser says of an event as a whole."""

SETTLES = timedelta(minutes=10)
"""How long a change waits before it is told: whoever changes again meanwhile tells once."""

MOST_DAYS = 3660


class Overtaken(Refused):
    """Somebody else changed the event after the one who asks had read it. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this event while you were writing. Nothing of yours was saved yet."))


def create(data: EventData, *, by: User, uid: UUID | None = None, now: datetime | None = None) -> Event:
    """Make an event of one's own. The same `uid` again, from a form sent twice, changes nothing. Raises Refused."""
    now = now or timezone.now()
    try:
        with transaction.atomic():
            return _create(data, by=by, uid=uid, now=now)
    except IntegrityError:
        made = Event.objects.filter(uid=uid, owner=data.fields.get("owner", by)).first() if uid else None
        if made is None:
            raise
        return made


def _create(data: EventData, *, by: User, uid: UUID | None, now: datetime) -> Event:
    event = Event(owner=by, created_at=now, changed_at=now)
    if uid:
        event.uid = uid
    _refuse_impossible(event, _set_fields(event, data.fields))
    event.save(force_insert=True)
    set_belongings(event, data)
    _keep_ends(event)
    event.save(update_fields=["starts_at", "ends_at"])
    log(event, "events.create", user=by)
    return event


@transaction.atomic
def change(
    event: Event, data: EventData, *, by: User, seen: datetime | None = None, now: datetime | None = None
) -> Event:
    """Change what `data` names and nothing else; saying the same again changes nothing.

    `seen` is the event's `changed_at` when the one who asks read it. Raises Overtaken when somebody has changed it
    since, and Refused; then nothing is changed.
    """

    def write(event: Event) -> list[str]:
        known = event.changed_at
        changed = _set_fields(event, data.fields)
        _refuse_impossible(event, changed)
        changed += set_belongings(event, data)
        if changed and seen is not None and seen != known:
            raise Overtaken
        return changed

    return _rewrite(event, write, "events.change", by=by, now=now or timezone.now())


@transaction.atomic
def move_by_days(
    event: Event,
    days: int,
    *,
    by: User,
    deadlines: bool = True,
    sequence: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Everything so many days later, at the same times of day in the event's zone; earlier where `days` is negative.

    `deadlines`: the end of registration and of changing by oneself move along. `sequence` is the one the person saw:
    the same move from it again changes nothing, and another one raises Overtaken. Raises Refused.
    """
    if abs(days) > MOST_DAYS:
        raise Refused(_("That is more than ten years. Nothing was moved."), "days")

    def write(event: Event) -> list[str]:
        if not days or _has_moved(event, days, by, sequence):
            return []
        sessions = list(event.sessions.all())
        for one in sessions:
            one.starts_at, one.ends_at = shifted(one.starts_at, one.ends_at, days, event.zone)
        Session.objects.bulk_update(sessions, ["starts_at", "ends_at"])
        for name in ("closes_at", "change_until") if deadlines else ():
            if moment := getattr(event, name):
                setattr(event, name, shifted(moment, None, days, event.zone)[0])
        if event.opens_at and event.closes_at and event.closes_at <= event.opens_at:
            raise Refused(_("Registration would close before it opens. Change its days first."), "days")
        return ["sessions"]

    return _rewrite(event, write, "events.move", by=by, now=now or timezone.now(), moved_days=days)


def _has_moved(event: Event, days: int, by: User, sequence: int | None) -> bool:
    """Whether this very move has been made already; raises Overtaken when the event is another one by now."""
    if sequence is None or sequence == event.sequence:
        return False
    if not Change.objects.filter(event=event, sequence=sequence + 1, by=by, moved_days=days).exists():
        raise Overtaken
    return True


@transaction.atomic
def confirm(event: Event, *, by: User, session: Session | None = None, now: datetime | None = None) -> Event:
    """Take every mark “to be confirmed” away, or that of one session. Doing it again changes nothing."""

    def write(event: Event) -> list[str]:
        marked = event.sessions.filter(tentative=True)
        changed = ["sessions"] if (marked.filter(pk=session.pk) if session else marked).update(tentative=False) else []
        if session is None and event.is_tentative:
            event.status = EventStatus.CONFIRMED
            changed.append("status")
        return changed

    return _rewrite(event, write, "events.confirm", by=by, now=now or timezone.now())


@transaction.atomic
def cancel(event: Event, *, why: str, by: User, now: datetime | None = None) -> Event:
    """Call the event off: everybody is owed mail at once, and their registrations end. Again, it changes nothing.

    Raises Refused for an event that is over.
    """
    now = now or timezone.now()
    event = locked(event.pk)
    if event.is_cancelled:
        return event
    if event.ends_at and event.ends_at <= now:
        raise Refused(_("This event is over, so it cannot be cancelled. Nothing was changed."), "why")
    before = schedule_of(event)
    event.status, event.cancelled_why = EventStatus.CANCELLED, why
    _finish(event, before, by=by, now=now)
    owe_many(CANCELLED, _recipients(event), due=now)
    cancel_everybody(event, now=now)
    log(event, "events.cancel", user=by, data={"why": why})
    return event


def _rewrite(
    event: Event,
    write: Callable[[Event], list[str]],
    action: str,
    *,
    by: User,
    now: datetime,
    moved_days: int = 0,
) -> Event:
    """Lock, let `write` change what it will and name it, and do what follows from that. Nothing named: nothing done."""
    event = locked(event.pk)
    if event.is_cancelled:
        raise Refused(_("This event is cancelled. It cannot be changed any more."))
    before, over = schedule_of(event), event.ends_at
    changed = write(event)
    if not changed:
        return event
    another = _finish(event, before, by=by, now=now, moved_days=moved_days)
    if another and not (over and event.ends_at and max(over, event.ends_at) <= now):
        owe_many(CHANGED, _recipients(event), due=now + SETTLES)
    if "capacity" in changed:
        fill(event, now=now)
    log(event, action, user=by, data={"changed": changed, "days": moved_days, "sequence": event.sequence})
    return event


def _finish(event: Event, before: Schedule, *, by: User, now: datetime, moved_days: int = 0) -> bool:
    """Save the event with what is derived of it, and tell who follows it. Whether people must plan anew; then the
    number rises."""
    _keep_ends(event)
    event.changed_at = max(now, event.changed_at + timedelta(microseconds=1))
    another = is_another(before, schedule_of(event))
    if another:
        event.sequence += 1
        Change.objects.create(
            event=event, sequence=event.sequence, before=before.as_json(), moved_days=moved_days, at=now, by=by
        )
    event.save()
    followers.tell(event.pk)
    return another


def _keep_ends(event: Event) -> None:
    sessions = list(event.sessions.all())
    event.starts_at = min((one.starts_at for one in sessions), default=None)
    event.ends_at = max((one.until for one in sessions), default=None)


def _set_fields(event: Event, fields: Mapping[str, Any]) -> list[str]:
    """Set what is named, and say which of it is another than before."""
    if unknown := fields.keys() - FIELDS:
        raise ValueError(f"not said of an event: {sorted(unknown)}")
    changed = [name for name, value in fields.items() if getattr(event, name) != value]
    for name in changed:
        setattr(event, name, fields[name])
    if "description" in changed:
        try:
            event.description_html = render_markdown(event.description)
        except MarkupTooLarge as error:
            raise Refused(str(error), "description") from error
    return changed


def _refuse_impossible(event: Event, changed: list[str]) -> None:
    """Raise Refused for a window that closes before it opens and for fewer places than are taken."""
    if event.opens_at and event.closes_at and event.closes_at <= event.opens_at:
        raise Refused(_("Registration closes before it opens. Change one of the two."), "closes_at")
    if event.pk is None or event.capacity is None or "capacity" not in changed:
        return
    holding = taken_places(event).holding
    if event.capacity < holding:
        sentence = ngettext(
            "%(number)d person has a place. Type at least %(number)d, or end registrations first.",
            "%(number)d people have a place. Type at least %(number)d, or end registrations first.",
            holding,
        )
        raise Refused(sentence % {"number": holding}, "capacity")


def _recipients(event: Event) -> list[tuple[User, str]]:
    """Everybody who comes, waits or has asked, once each; whoever registered them where they have no account."""
    coming = Registration.objects.filter(event=event, state__in=sorted(ACTIVE)).select_related(
        "user", "order__placed_by"
    )
    people = {one.pk: one for one in (found.user or found.order.placed_by for found in coming)}
    return [(person, subject_of(event.pk, event.sequence)) for person in people.values()]


def _coming(event: Event) -> QuerySet[Registration]:
    active = Registration.objects.filter(event=event, state__in=sorted(ACTIVE))
    return active.select_related("user", "order__placed_by")
