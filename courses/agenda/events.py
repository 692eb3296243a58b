"""Events on a person's home: what they come to, places they are offered or wait for, what was agreed with them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.agenda import Fragment, Row, Select
from courses.agenda.words import day_words, due_words, moment_words, until_words, zone_of
from courses.slots import Feedback, NextStep, Waiting
from lms.accounts.models import User
from lms.accounts.rules import zone
from lms.accounts.selectors import current_membership
from lms.events.models import ActionItem, Event, Order, Registration, Session
from lms.events.rules import EventStatus, RegistrationState
from lms.events.rules.being_there import Door, Span, door

AHEAD = timedelta(weeks=4)
"""How far a home looks ahead; a place to answer or to wait for is shown whenever the event is."""
NEWS = timedelta(days=30)
"""How long what was agreed is news."""
EVENT, SESSION, REGISTRATION = Event._meta.db_table, Session._meta.db_table, Registration._meta.db_table
S = RegistrationState
NOT_OVER = """s.event_id = e.id AND (s.ends_at > %s OR (s.ends_at IS NULL AND s.time_known AND s.starts_at > %s)
    OR (s.ends_at IS NULL AND NOT s.time_known AND s.starts_at > %s))"""
COLUMNS: dict[str, tuple[str, ...]] = {
    "numbers": ("e.id", "r.order_id", "CASE WHEN e.link = '' THEN 0 ELSE 1 END"),
    "texts": ("e.title", "r.state", "r.join_key", "e.time_zone", "e.language", "r.name", "e.status"),
    "moments": (
        "e.starts_at",
        f"(SELECT MIN(s.starts_at) FROM {SESSION} s WHERE {NOT_OVER})",  # noqa: S608
        f"(SELECT MAX(s.ends_at) FROM {SESSION} s WHERE s.event_id = e.id AND s.ends_at <= %s)",  # noqa: S608
        "r.offered_until",
    ),
}
COMING = f"e.status <> '{EventStatus.CANCELLED.value}' AND (e.ends_at IS NULL OR e.ends_at > %s)"
OWN = Select(
    f"""FROM {REGISTRATION} r JOIN {EVENT} e ON e.id = r.event_id
 WHERE r.user_id = %s AND {COMING} AND (r.state IN ('{S.REQUESTED.value}', '{S.WAITING.value}', '{S.OFFERED.value}')
    OR (r.state IN ('{S.CONFIRMED.value}', '{S.ATTENDED.value}') AND e.starts_at < %s))
 ORDER BY CASE WHEN r.state = '{S.OFFERED.value}' THEN 0 ELSE 1 END, e.starts_at LIMIT 8""",
    **COLUMNS,
)
COLLEAGUES = Select(
    f"""FROM {Order._meta.db_table} o JOIN {REGISTRATION} r ON r.order_id = o.id JOIN {EVENT} e ON e.id = r.event_id
 WHERE o.placed_by_id = %s AND {COMING} AND r.state = '{S.OFFERED.value}' AND (r.user_id IS NULL OR r.user_id <> %s)
 ORDER BY r.offered_until LIMIT 4""",
    **COLUMNS,
)
AGREED = Select(
    f"""FROM {ActionItem._meta.db_table} a JOIN {EVENT} e ON e.id = a.event_id JOIN {User._meta.db_table} u
    ON u.id = a.written_by_id
 WHERE a.company_id = %s AND a.done_at IS NULL AND ((a.due <= %s AND a.who IN ('', %s, %s)) OR a.written_at > %s)
 ORDER BY CASE WHEN a.who IN ('', %s, %s) THEN 0 ELSE 1 END, COALESCE(a.due, %s), a.id LIMIT 8""",
    numbers=("a.id", "CASE WHEN a.who IN ('', %s, %s) THEN 1 ELSE 0 END"),
    texts=("a.text", "a.who", "CAST(a.due AS text)", "e.title", "u.full_name", "e.language"),
    moments=("a.written_at",),
)
FAR = date(9999, 1, 1)


def _parameters(request: HttpRequest, now: datetime) -> Sequence[Any] | None:
    """Those of the places come first; where the person is in no company, nothing was agreed with it: company 0."""
    if not isinstance(request.user, User):
        return None
    stamp = connection.ops.adapt_datetimefield_value
    user, moment = request.user, stamp(now)
    sessions = [moment, stamp(now - timedelta(hours=1)), stamp(now - timedelta(days=1)), moment]
    own = [*sessions, user.pk, moment, stamp(now + AHEAD)]
    colleagues = [*sessions, user.pk, moment, user.pk]
    membership = current_membership(request)
    names = [user.full_name, user.get_short_name()]
    day = connection.ops.adapt_datefield_value
    until = day((now.astimezone(zone_of(request)) + AHEAD).date())
    agreed = [*names, membership.company_id if membership else 0, until, *names, stamp(now - NEWS), *names, day(FAR)]
    return [*own, *colleagues, *agreed]


def _make(
    request: HttpRequest, now: datetime, own: list[Row], colleagues: list[Row], agreed: list[Row]
) -> Iterator[Waiting | NextStep | Feedback]:
    for row in own:
        yield from _place(request, now, row, you=True)
    for row in colleagues:
        yield from _place(request, now, row, you=False)
    for row in agreed:
        yield _agreed(request, now, row)


def _place(request: HttpRequest, now: datetime, row: Row, *, you: bool) -> Iterator[Waiting | NextStep]:
    """A registration: where it stands, when the event is, and the way in once it is open."""
    (event, _order, has_link, _n), (title, state, key, event_zone, language, name, status) = row.numbers, row.texts
    starts, following, before, until, _m = row.moments
    here, url = zone_of(request), reverse("events:event", args=[event])
    when, iso = _when(following or starts, event_zone, here)
    shown: dict[str, Any] = {"title": title, "url": url, "when": when, "iso": iso, "language": language}
    if state == S.OFFERED and until and until > now:
        free = _("A place is free for you.") if you else _("A place is free for %(name)s.") % {"name": name}
        words = _("A place is free for you %(until)s.") if you else _("A place is free for %(name)s %(until)s.")
        held = words % {"until": until_words(until, here), "name": name}
        takes_place = _("It takes place: %(when)s.") % {"when": when}
        yield NextStep(
            _("Take the place at “%(event)s”, or leave it to the next") % {"event": title},
            takes_place,
            url,
            _("Answer"),
            due=held,
        )
        shown |= {"when": moment_words(until, here), "iso": until.isoformat(), "act": _("Answer by then")}
        yield Waiting(at=until, note=f"{free} {takes_place}", **shown)
        return
    link, address, note = "", "", _note(state, status)
    if has_link and following and state in (S.CONFIRMED, S.ATTENDED):
        link, address = _way_in(following, before, now, here, reverse("events:join", args=[key]))
    if not address:
        link, note = "", " ".join(filter(None, [note, link]))
    yield Waiting(at=following or starts, note=note, link=link, link_url=address, **shown)


def _when(moment: datetime | None, event_zone: str, here: Any) -> tuple[str, str]:
    """In words and for programs. At midnight of the event's own zone stands a day whose hour is still to come."""
    if moment is None:
        return _("Date to come"), ""
    there = moment.astimezone(zone(event_zone))
    if there.time() == time.min:
        return day_words(there.date()), there.date().isoformat()
    return moment_words(moment, here), moment.isoformat()


def _note(state: str, status: str) -> str:
    said = {
        S.REQUESTED: _("You have asked for a place. An organiser answers."),
        S.WAITING: _("You are on the waiting list."),
        S.OFFERED: _("The time to take this place is over. It goes to the next in line."),
    }
    return " ".join(filter(None, [said.get(S(state)), _("Tentative.") if status == EventStatus.TENTATIVE else ""]))


def _way_in(following: datetime, before: datetime | None, now: datetime, here: Any, address: str) -> tuple[str, str]:
    """The label and the address of the way in while the door is open; else from when on there is one."""
    spans = [Span(1, following, max(following, now) + timedelta(minutes=1))]
    if before:
        spans.append(Span(0, before, before))
    state, opens = door(spans, now)
    if state == Door.OPEN:
        return _("Join now"), address
    clock = opens and moment_words(opens, here).rpartition(", ")[2]
    return (_("Join link from %(time)s.") % {"time": clock} if clock else ""), ""


def _agreed(request: HttpRequest, now: datetime, row: Row) -> Waiting | Feedback:
    """Something agreed at an event: with a day where it is the person's, else as news."""
    text, who, due, event, by, _language = row.texts[:6]
    here = zone_of(request)
    written = row.moments[0] or now
    if due and row.numbers[1]:
        day = date.fromisoformat(due)
        at = datetime.combine(day, time.max, tzinfo=here)
        note = _("To do by then, agreed at “%(event)s”.") % {"event": event}
        act = due_words(day, now.astimezone(here).date())
        return Waiting(text, at=at, when=day_words(day), iso=day.isoformat(), act=act, note=note)
    said = [text if text.endswith(".") else f"{text}.", _for_whom(who, due)]
    return Feedback(
        by=by,
        about=_("agreed at “%(event)s”") % {"event": event},
        text=" ".join(filter(None, said)),
        at=written,
        when=day_words(written.astimezone(here).date()),
    )


def _for_whom(who: str, due: str | None) -> str:
    until = day_words(date.fromisoformat(due)) if due else ""
    if who and until:
        return _("For %(name)s, until %(day)s.") % {"name": who, "day": until}
    if who:
        return _("For %(name)s.") % {"name": who}
    return _("Until %(day)s.") % {"day": until} if until else ""


FRAGMENT = Fragment("events", (OWN, COLLEAGUES, AGREED), _parameters, _make)
