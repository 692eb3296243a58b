"""The whole form of an event: the event, its sessions and its questions, filled in together."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.events.actions import EventData, Refused, Row
from lms.events.forms.event import LOCAL, PLAIN, EventForm
from lms.events.forms.rows import QuestionForm, QuestionRows, Rows, SessionForm, SessionRows, make, raw
from lms.events.models import Event
from lms.events.selectors.schedule import schedule_of, when

PARTS = ("sessions", "questions")


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else wrote into a field meanwhile."""

    label: str
    text: str


@dataclass(slots=True)
class Arranged:
    """`seen` is the event's `changed_at` as the person read it; `theirs` is what somebody else wrote since."""

    form: EventForm
    sessions: Rows
    questions: Rows
    seen: str = ""
    theirs: tuple[Theirs, ...] = ()
    new_row: str = ""

    @classmethod
    def of(cls, event: Event) -> "Arranged":
        """An event to change, as it is now."""
        sessions = list(event.sessions.prefetch_related("materials"))
        questions = list(event.questions.all())
        zone = {"zone": event.zone, "known": [str(one.uid) for one in sessions]}
        return cls(
            EventForm(instance=event, initial=EventForm.initial_of(event)),
            make(SessionRows, "sessions", [SessionForm.initial_of(one, event.zone) for one in sessions], zone),
            make(
                QuestionRows,
                "questions",
                [QuestionForm.initial_of(one) for one in questions],
                {"known": [str(one.pk) for one in questions]},
            ),
            seen=event.changed_at.isoformat(),
        )

    @classmethod
    def new(cls, *, by: User, uid: str) -> "Arranged":
        """An event to make, with room for one session."""
        event = Event(owner=by, time_zone=by.time_zone)
        form = EventForm(instance=event, initial={"uid": uid, "kind": "workshop"})
        return cls(
            form,
            make(SessionRows, "sessions", [], {"zone": event.zone}, more=1),
            make(QuestionRows, "questions", [], {}),
        )

    @classmethod
    def sent(cls, data: QueryDict, *, event: Event | None, by: User) -> "Arranged":
        """What came from the form; `event` is None for a new one."""
        form = EventForm(data, instance=event or Event(owner=by))
        known = [str(uid) for uid in event.sessions.values_list("uid", flat=True)] if event else []
        asked = [str(pk) for pk in event.questions.values_list("pk", flat=True)] if event else []
        return cls(
            form,
            SessionRows(data, prefix="sessions", form_kwargs={"zone": form.zone, "known": known}),
            QuestionRows(data, prefix="questions", form_kwargs={"known": asked}),
            seen=data.get("seen", ""),
        )

    def with_another(self, part: str) -> "Arranged":
        """The same as typed, unjudged, with one more row."""
        again = EventForm(instance=self.form.instance, initial=raw(self.form))
        rows = {name: getattr(self, name).again(more=int(name == part)) for name in PARTS}
        return replace(self, form=again, new_row=part if part in PARTS else "", **rows)

    def is_valid(self) -> bool:
        """Whether all of it is; every part is looked at, so that every error shows at once."""
        return all([self.form.is_valid(), self.sessions.is_valid(), self.questions.is_valid()])

    @property
    def seen_at(self) -> datetime:
        """When the person read the event. What is no moment is older than every event, so it is asked about."""
        try:
            read = parse_datetime(self.seen)
        except ValueError:
            read = None
        return read if read and read.tzinfo else datetime.fromisoformat("1970-01-01T00:00:00+00:00")

    def data(self) -> EventData:
        """What it says. Of a valid one only."""
        cleaned = self.form.cleaned_data
        questions = [one for one in self.questions.rows() if one]
        return EventData(
            fields={name: cleaned[name] for name in (*PLAIN, *LOCAL)},
            sessions=[one for one in self.sessions.rows() if one],
            questions=[
                one if one.removed else Row({**one.fields, "position": index}, one.key)
                for index, one in enumerate(questions)
            ],
            fees=self.form.fee_values(),
            clusters=[one.pk for one in cleaned["clusters"]],
            organisers=[one.pk for one in cleaned["organisers"]],
            companies=cleaned["companies"],
            people=cleaned["people"],
        )

    def refuse(self, refused: Refused) -> None:
        """Say at its field why it was refused; at the top where it has none."""
        part, _dash, rest = refused.field.partition("-")
        if part in PARTS:
            index, _dash, name = rest.partition("-")
            rows = getattr(self, part)
            said = [form for form, row in zip(rows.forms, rows.rows(), strict=True) if row]
            said[int(index)].add_error(name, refused.sentence)
        else:
            self.form.add_error(refused.field if refused.field in self.form.fields else None, refused.sentence)

    def over(self, event: Event) -> "Arranged":
        """The same as typed, now over the event as somebody else left it, with what they wrote instead."""
        now = Arranged.of(event)
        fields = (field for field in now.form.visible_fields() if _said(field) != _said(self.form[field.name]))
        theirs = [Theirs(str(field.label), _said(field) or _("nothing")) for field in fields]
        schedule = schedule_of(event)
        parts = "\n".join(f"{part.title}: {when(part, schedule.time_zone)}" for part in schedule.parts)
        theirs.append(Theirs(_("Sessions"), parts or _("nothing")))
        return replace(self, seen=now.seen, theirs=tuple(theirs))


def _said(field: Any) -> str:
    """The value of a field in words: the labels of what is chosen, or the text."""
    value = field.value()
    if field.widget_type == "checkbox":
        return _("yes") if value else _("no")
    if choices := getattr(field.field, "choices", None):
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in choices if str(key) in chosen and str(key))
    shown = field.field.widget.format_value(value)
    return str(shown or "").replace("\r\n", "\n").strip()
