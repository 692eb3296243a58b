"""The rows of an event: sessions, and questions to those who register. More of them work without a script."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.fields import OneLineField
from lms.events.actions import Row
from lms.events.forms.local import ClockField, DayField, LocalTimes, local_parts, which_field
from lms.events.models import Question, Session
from lms.events.rules import QuestionKind

MOST_ROWS = 60


def raw(form: forms.BaseForm) -> dict[str, Any]:
    """What was typed in a form, as it was typed, to show it again without judging it."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


class RowForm(LocalTimes):
    """One row. A new one in which nothing is typed is none; of one that is taken out nothing else is looked at."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    removed = forms.BooleanField(label=gettext_lazy("Take it out"), required=False)
    typed: Sequence[str] = ()
    """The fields that make a row of a new one."""

    def __init__(self, *args: Any, known: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known

    @property
    def is_kept(self) -> bool:
        """Whether it changes something that is there already."""
        return str(self["key"].value()) in self.known

    @property
    def is_blank(self) -> bool:
        if self.is_kept:
            return False
        return not any(str(self[name].value() or "").strip() for name in self.typed)

    def full_clean(self) -> None:
        if self.is_bound and (self.is_blank or self["removed"].value()):
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def row(self) -> Row | None:
        """What it says, or None where it says nothing. Valid rows only."""
        key = str(self["key"].value() or "")
        if self["removed"].value():
            return Row(key=key, removed=True) if self.is_kept else None
        return None if self.is_blank else Row(self.values(), key=key if self.names_itself or self.is_kept else "")

    names_itself = False
    """Whether a new one brings its own key along."""

    def values(self) -> dict[str, Any]:
        raise NotImplementedError


class SessionForm(RowForm):
    """A session, at local times of the event. Without a start, only the day is known."""

    title = OneLineField(label=gettext_lazy("Title"), max_length=150)
    date = DayField(label=gettext_lazy("Day"))
    starts = ClockField(label=gettext_lazy("Starts"), required=False)
    ends = ClockField(label=gettext_lazy("Ends"), required=False)
    ends_on = DayField(label=gettext_lazy("Ends on another day"), required=False)
    starts_which = which_field(gettext_lazy("Which start"))
    ends_which = which_field(gettext_lazy("Which end"))
    track = OneLineField(
        label=gettext_lazy("Track"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For what runs side by side, such as “Companies”. Empty: for everybody."),
    )
    place = OneLineField(label=gettext_lazy("Place"), max_length=200, required=False)
    speakers = OneLineField(label=gettext_lazy("Speakers"), max_length=250, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=0, max_value=100_000, required=False,
        help_text=gettext_lazy("Empty: no limit of its own."),
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("What happens"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    materials = forms.CharField(
        label=gettext_lazy("To read or watch"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line: its title, then its address, such as “Slides https://example.org/slides”."),
    )  # fmt: skip
    tentative = forms.BooleanField(label=gettext_lazy("To be confirmed"), required=False)
    typed = tuple("title date starts ends ends_on track place speakers capacity description materials".split())
    names_itself = True

    def __init__(self, *args: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        self.fields["key"].initial = str(uuid.uuid4())

    @property
    def has_more(self) -> bool:
        """Whether something is said, or wrong, among what is folded away."""
        folded = ("ends_on", "speakers", "capacity", "description", "materials")
        return any(self[name].value() or self[name].errors for name in folded)

    def clean_key(self) -> str:
        try:
            return str(uuid.UUID(self.cleaned_data["key"]))
        except ValueError:
            raise ValidationError(_("Part of this row did not arrive. Take it out and add it anew.")) from None

    def clean_materials(self) -> list[tuple[str, str]]:
        lines = (line.strip() for line in self.cleaned_data["materials"].splitlines())
        return [_material(line) for line in lines if line]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, starts, ends = data.get("date"), data.get("starts"), data.get("ends")
        if day is None or "starts" in self.errors or "ends" in self.errors:
            return data
        if starts is None:
            if ends is not None:
                self.add_error("starts", _("Type when it starts as well, or leave both empty."))
            data["starts_at"] = datetime.combine(day, time.min, self.zone).astimezone(UTC)
            data["ends_at"] = None
            return data
        data["starts_at"] = self.moment("starts", datetime.combine(day, starts), self.zone)
        data["ends_at"] = None
        if ends is not None:
            last = data.get("ends_on") or day
            data["ends_at"] = self.moment("ends", datetime.combine(last, ends), self.zone)
        elif data.get("ends_on"):
            self.add_error("ends", _("Type at what time it ends on that day."))
        if data["starts_at"] and data["ends_at"] and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends", _("It ends before it starts. If it goes past midnight, say on which day it ends."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        same = "title starts_at ends_at track place speakers capacity description materials tentative".split()
        return {"time_known": data["starts"] is not None, **{name: data[name] for name in same}}

    @staticmethod
    def initial_of(session: Session, zone: ZoneInfo) -> dict[str, Any]:
        """What the row of a session says. Its materials are read with the session."""
        local, which = local_parts(session.starts_at, zone)
        said: dict[str, Any] = {
            "key": str(session.uid),
            "date": local.date(),
            "materials": "\n".join(f"{one.title} {one.url}" for one in session.materials.all()),
        }
        if session.time_known:
            said |= {"starts": local.time(), "starts_which": which}
        if session.time_known and session.ends_at:
            until, which = local_parts(session.ends_at, zone)
            other = until.date() if until.date() != local.date() else None
            said |= {"ends": until.time(), "ends_which": which, "ends_on": other}
        same = ("title", "track", "place", "speakers", "capacity", "description", "tentative")
        return {**said, **{name: getattr(session, name) for name in same}}


def _material(line: str) -> tuple[str, str]:
    """Title and address of a line. Addresses are of this site, or http(s)."""
    title, _space, address = line.rpartition(" ")
    try:
        if len(address) > 500 or len(title) > 150:
            raise ValidationError("too long")
        if not address.startswith("/") or address.startswith("//"):
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        words = {"line": line[:80]}
        sentence = _("“%(line)s” does not end with an address that begins with https:// or, on this site, with /.")
        raise ValidationError(sentence % words) from None
    return title.strip() or address, address


class QuestionForm(RowForm):
    """Something every registrant is asked."""

    text = OneLineField(label=gettext_lazy("Question"), max_length=250)
    help = OneLineField(label=gettext_lazy("Help"), max_length=250, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=QuestionKind, initial=QuestionKind.TEXT)
    choices = forms.CharField(
        label=gettext_lazy("Choices"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, for “One of several”."),
    )  # fmt: skip
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    typed = ("text", "help", "choices")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [line.strip() for line in data.get("choices", "").splitlines() if line.strip()]
        if data.get("kind") == QuestionKind.CHOICE and len(set(lines)) < 2:
            self.add_error("choices", _("Type at least two different choices, one a line."))
        data["choices"] = "\n".join(dict.fromkeys(lines))
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "help", "kind", "choices", "required")}

    @staticmethod
    def initial_of(question: Question) -> dict[str, Any]:
        names = ("text", "help", "kind", "choices", "required")
        return {"key": str(question.pk), **{name: getattr(question, name) for name in names}}


class Rows(forms.BaseFormSet[Any]):
    """Rows of one kind, as many as somebody asked for. Every row speaks for itself, so none is required."""

    default_error_messages = {
        "missing_management_form": gettext_lazy("A part of the form did not arrive. Nothing was saved; send it again."),
        "too_many_forms": gettext_lazy("At most %(num)d of them fit."),
    }

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def rows(self) -> list[Row | None]:
        """One for each form, in their order; None for those that say nothing. Valid ones only."""
        return [form.row() for form in self.forms]

    def again(self, more: int = 0) -> "Rows":
        """The same as typed, unjudged, with so many new rows."""
        return make(type(self), str(self.prefix), [raw(form) for form in self.forms], self.form_kwargs, more=more)


FEW: dict[str, Any] = {"extra": 0, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "validate_max": True}
SessionRows = cast(type[Rows], forms.formset_factory(SessionForm, formset=Rows, **FEW))
QuestionRows = cast(type[Rows], forms.formset_factory(QuestionForm, formset=Rows, **FEW))


def make(
    kind: type[Rows], prefix: str, initial: Iterable[Mapping[str, Any]], form_kwargs: Mapping[str, Any], more: int = 0
) -> Rows:
    """Rows to fill in."""
    made = kind(prefix=prefix, initial=list(initial), form_kwargs=dict(form_kwargs))
    made.extra = more
    return made
