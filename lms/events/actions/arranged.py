"""What belongs to an event and is written with it: sessions and their materials, questions, fees, who is invited.

A row names what it changes by its `key`; what no row names stays as it is, so that what a colleague added meanwhile is
not taken away. Each function says which part it changed, or nothing. The caller holds the lock on the event.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.events.actions.moving import Refused
from lms.events.models import Attendance, Event, Fee, Invited, Material, Question, Registration, Session, SessionChoice
from lms.events.rules import ACTIVE, overlapping
from lms.events.selectors.schedule import schedule_of


@dataclass(frozen=True, slots=True)
class Row:
    """A session or a question as somebody typed it.

    `key` is a session's uid, which a new one brings along, or a question's id, empty for a new one. `removed`: it goes.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class EventData:
    """What an organiser says of an event. What is None or not there stays as it is.

    `fields` are those of `arranging.FIELDS`. A session's fields are those of the model, and `materials`: pairs of
    title and address. `fees` are (øre, `FeeFor`) by kind of company. The others are ids.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    sessions: Sequence[Row] = ()
    questions: Sequence[Row] = ()
    fees: Mapping[str, tuple[int, str]] | None = None
    clusters: Collection[int] | None = None
    organisers: Collection[int] | None = None
    companies: Collection[int] | None = None
    people: Collection[int] | None = None


def set_belongings(event: Event, data: EventData) -> list[str]:
    """Write all of it. Raises Refused, with the `field` of a row as `sessions-<index>-<field>`."""
    changed = [name for name, done in [
        ("sessions", set_sessions(event, data.sessions)),
        ("questions", set_questions(event, data.questions)),
        ("fees", set_fees(event, data.fees)),
        ("invited", set_invited(event, data.companies, data.people)),
    ] if done]  # fmt: skip
    for name in ("clusters", "organisers"):
        wanted, related = getattr(data, name), getattr(event, name)
        if wanted is not None and set(wanted) != set(related.values_list("pk", flat=True)):
            related.set(wanted)
            changed.append(name)
    return changed


def set_sessions(event: Event, rows: Sequence[Row]) -> bool:
    """Change, add and take out sessions."""
    if not rows:
        return False
    have = {str(one.uid): one for one in event.sessions.all()}
    changed = False
    for index, row in enumerate(rows):
        session = have.get(row.key)
        if row.removed:
            changed |= session is not None and _take_out(session, index)
            continue
        _refuse_session(session, row, index)
        if session is None:
            session = _new_session(event, row, index)
        changed |= _set_session(session, row.fields)
    if changed:
        _refuse_overlaps(event, rows)
    return changed


def _new_session(event: Event, row: Row, index: int) -> Session:
    if not row.key:
        return Session(event=event)
    if Session.objects.filter(uid=row.key).exists():
        sentence = _("This session belongs to another event. Take it out here and add it anew.")
        raise Refused(sentence, f"sessions-{index}-title")
    return Session(event=event, uid=UUID(row.key))


def _set_session(session: Session, fields: Mapping[str, Any]) -> bool:
    plain = {name: value for name, value in fields.items() if name != "materials"}
    changed = _set(session, plain)
    wanted = [tuple(pair) for pair in fields.get("materials", ())]
    if "materials" in fields and wanted != list(session.materials.values_list("title", "url")):
        session.materials.all().delete()
        Material.objects.bulk_create(Material(session=session, title=title, url=url) for title, url in wanted)
        changed = True
    return changed


def _take_out(session: Session, index: int) -> bool:
    where = f"sessions-{index}-removed"
    words = {"title": session.title}
    chosen = SessionChoice.objects.filter(session=session, registration__state__in=sorted(ACTIVE)).count()
    if chosen:
        sentence = ngettext(
            "%(number)d person has chosen “%(title)s”, so it stays. Ask them to choose another one first.",
            "%(number)d people have chosen “%(title)s”, so it stays. Ask them to choose another one first.",
            chosen,
        )
        raise Refused(sentence % {**words, "number": chosen}, where)
    if Attendance.objects.filter(session=session).exists():
        raise Refused(_("People were seen in “%(title)s”, so it stays.") % words, where)
    try:
        SessionChoice.objects.filter(session=session).delete()  # of those who do not come any more
        session.delete()
    except ProtectedError as error:
        raise Refused(_("There are notes on “%(title)s”, so it stays.") % words, where) from error
    return True


def _refuse_session(session: Session | None, row: Row, index: int) -> None:
    starts, ends = row.fields.get("starts_at"), row.fields.get("ends_at")
    if starts and ends and ends <= starts:
        raise Refused(_("It ends before it starts. Change one of the two."), f"sessions-{index}-ends")
    capacity = row.fields.get("capacity")
    if session is None or capacity is None:
        return
    chosen = SessionChoice.objects.filter(session=session, registration__state__in=sorted(ACTIVE)).count()
    if capacity < chosen:
        words = {"number": chosen}
        sentence = ngettext(
            "%(number)d person has chosen this session. Type at least %(number)d.",
            "%(number)d people have chosen this session. Type at least %(number)d.",
            chosen,
        )
        raise Refused(sentence % words, f"sessions-{index}-capacity")


def _refuse_overlaps(event: Event, rows: Sequence[Row]) -> None:
    """Raise Refused for sessions that run at the same time in one track, or beside one that is for everybody."""
    named = {row.key: index for index, row in enumerate(rows) if not row.removed}
    for one, other in overlapping(schedule_of(event).parts):
        this, that = (one, other) if named.get(one.key, -1) >= named.get(other.key, -1) else (other, one)
        words = {"this": this.title, "that": that.title}
        sentence = _("It runs at the same time as “%(that)s”. Change a time, or put each in a track of its own.")
        raise Refused(sentence % words, f"sessions-{max(0, named.get(this.key, 0))}-starts")


def set_questions(event: Event, rows: Sequence[Row]) -> bool:
    """Change, add and take out questions. A new one that is there word for word is that one."""
    if not rows:
        return False
    have = {str(one.pk): one for one in event.questions.all()}
    by_text = {one.text: one for one in have.values()}
    changed = False
    for index, row in enumerate(rows):
        question = have.get(row.key) or by_text.get(row.fields.get("text", ""))
        if not row.removed:
            changed |= _set(question or Question(event=event), row.fields)
        elif question is not None:
            _refuse_answered(event, question, index)
            question.delete()
            changed = True
    return changed


def _refuse_answered(event: Event, question: Question, index: int) -> None:
    answers = Registration.objects.filter(event=event, state__in=sorted(ACTIVE)).values_list("answers", flat=True)
    number = sum(bool(one.get(str(question.pk))) for one in answers)
    if number:
        sentence = ngettext(
            "%(number)d person has answered this, so it stays.",
            "%(number)d people have answered this, so it stays.",
            number,
        )
        raise Refused(sentence % {"number": number}, f"questions-{index}-removed")


def set_fees(event: Event, fees: Mapping[str, tuple[int, str]] | None) -> bool:
    """What new registrations cost; those there are keep the fee they were made with."""
    have = {fee.company_kind: (fee.amount, fee.each) for fee in event.fees.all()} if fees is not None else {}
    if fees is None or have == dict(fees):
        return False
    event.fees.all().delete()
    Fee.objects.bulk_create(
        Fee(event=event, company_kind=kind, amount=amount, each=each) for kind, (amount, each) in fees.items()
    )
    return True


def set_invited(event: Event, companies: Collection[int] | None, people: Collection[int] | None) -> bool:
    changed = False
    for name, wanted in (("company_id", companies), ("user_id", people)):
        if wanted is None:
            continue
        there = event.invited.exclude(**{name: None})
        have = set(there.values_list(name, flat=True))
        there.exclude(**{f"{name}__in": wanted}).delete()
        Invited.objects.bulk_create(Invited(event=event, **{name: one}) for one in set(wanted) - have)
        changed |= have != set(wanted)
    return changed


def _set(row: Model, fields: Mapping[str, Any]) -> bool:
    """Save the row where it is new or another than before."""
    changed = row.pk is None or any(getattr(row, name) != value for name, value in fields.items())
    if changed:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return changed
