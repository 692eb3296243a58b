"""What one person is asked: which of the parallel sessions they choose, and the organisers' questions."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.accounts.fields import OneLineField
from lms.events.models import Question
from lms.events.rules import QuestionKind, Span, run_beside
from lms.events.selectors import Asked, Day, Part, Slot
from lms.events.shown import day_said, hours_said


class FullMarked:
    """Choices of which some cannot be chosen any more: they are full."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if str(value) in self.full and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class OneOfSlot(FullMarked, forms.RadioSelect):
    """One session of a slot."""


class SomeOfSlot(FullMarked, forms.CheckboxSelectMultiple):
    """Sessions of a slot that do not all run at the same time."""


class DetailsForm(forms.Form):
    """The sessions and answers of one person. `sessions` and `answers` have them once it is valid."""

    def __init__(
        self, asked: Asked, *, prefix: str, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=prefix, initial=dict(initial or {}))
        for day, slot in asked.agenda.slots_to_choose:
            self.fields[f"slot{slot.key}"] = _slot_field(day, slot, asked.taken)
        for question in asked.questions:
            self.fields[f"q{question.pk}"] = _question_field(question)

    def take_over(self, sent: QueryDict) -> None:
        """Show what was sent for this person before, without looking whether it is right."""
        for name, field in self.fields.items():
            if values := sent.getlist(self.add_prefix(name)):
                self.initial[name] = values if isinstance(field, forms.MultipleChoiceField) else values[-1]

    @property
    def sessions(self) -> tuple[int, ...]:
        sent = [self.cleaned_data[name] for name in self.fields if name.startswith("slot")]
        flat = [pk for one in sent for pk in (one if isinstance(one, list) else [one])]
        return tuple(int(pk) for pk in flat if pk)

    @property
    def answers(self) -> dict[str, str]:
        """By question id; a question without an answer is not among them."""
        sent = {name[1:]: self.cleaned_data[name] for name in self.fields if name.startswith("q")}
        return {pk: answer for pk, answer in sent.items() if answer}

    def refuse(self, sentence: str) -> None:
        """Put the words of a refusal at the sessions, or above all where there are none."""
        self.add_error(next((name for name in self.fields if name.startswith("slot")), None), sentence)


def initial_for(asked: Asked, sessions: Iterable[int], answers: Mapping[str, str]) -> dict[str, Any]:
    """The values of the form for somebody who chose and answered before."""
    values: dict[str, Any] = {f"q{pk}": answer for pk, answer in answers.items()}
    chosen = set(sessions)
    for _day, slot in asked.agenda.slots_to_choose:
        its = [str(part.session.pk) for part in slot.choices if part.session.pk in chosen]
        values[f"slot{slot.key}"] = (its[0] if its else "") if _all_at_once(slot) else its
    return values


def _slot_field(day: Day, slot: Slot, taken: Mapping[int, int]) -> forms.Field:
    one = _all_at_once(slot)
    widget: OneOfSlot | SomeOfSlot = OneOfSlot() if one else SomeOfSlot()
    widget.full = frozenset(str(part.session.pk) for part in slot.choices if _left(part, taken) == 0)
    choices = [(str(part.session.pk), _choice_said(part, taken, timed=not one)) for part in slot.choices]
    gone = {"invalid_choice": _("One of the sessions is not there any more. Choose again.")}
    label = f"{day_said(day.date)}, {hours_said(slot.begins, slot.ends)}"
    if one:
        choices.insert(0, ("", _("Not decided yet")))
        return forms.ChoiceField(label=label, choices=choices, widget=widget, required=False, error_messages=gone)
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, required=False, error_messages=gone)


def _all_at_once(slot: Slot) -> bool:
    """Whether nobody can be in two of its sessions; a lone session is a tick of its own."""
    spans = [Span(one.pk, one.starts_at, one.ends_at, one.time_known) for one in (p.session for p in slot.choices)]
    return len(spans) > 1 and all(run_beside(one, other) for one, other in combinations(spans, 2))


def _left(part: Part, taken: Mapping[int, int]) -> int | None:
    capacity = part.session.capacity
    return None if capacity is None else max(0, capacity - taken.get(part.session.pk, 0))


def _choice_said(part: Part, taken: Mapping[int, int], *, timed: bool) -> str:
    """`Track A, companies: Parallel session, 3 places left`"""
    said = f"{part.session.track}: {part.session.title}"
    if timed:
        said = f"{hours_said(part.begins, part.ends)}, {said}"
    left = _left(part, taken)
    if left is None:
        return said
    if left == 0:
        return _("%(session)s (full)") % {"session": said}
    words = ngettext("%(session)s (%(left)s place left)", "%(session)s (%(left)s places left)", left)
    return words % {"session": said, "left": left}


def _question_field(question: Question) -> forms.Field:
    shared: dict[str, Any] = {
        "label": question.text,
        "help_text": escape(question.help),
        "required": question.required,
    }
    if question.kind == QuestionKind.TEXT:
        return OneLineField(max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}), **shared)
    listed = {
        QuestionKind.YES: [("yes", _("Yes")), ("no", _("No"))],
        QuestionKind.SCALE: [(str(n), str(n)) for n in range(1, 6)],
        QuestionKind.CHOICE: [(line, line) for line in map(str.strip, question.choices.splitlines()) if line],
    }
    choices = listed[QuestionKind(question.kind)]
    widget = forms.RadioSelect(attrs={"class": "in-a-row"} if question.kind == QuestionKind.SCALE else {})
    if not question.required:
        choices = [("", _("No answer")), *choices]
    gone = {"invalid_choice": _("This answer is not among the choices any more. Choose again.")}
    return forms.ChoiceField(choices=choices, widget=widget, error_messages=gone, **shared)
