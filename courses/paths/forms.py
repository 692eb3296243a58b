"""What people send to change a path."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.paths.selectors import Path, Person
from courses.rules import Level
from courses.selectors import Course

MOST = 300


class AddForm(forms.Form):
    """A course and why it is there."""

    course = forms.TypedChoiceField(label=_("Course"), coerce=int)
    reason = forms.CharField(
        label=_("Why"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. The company reads them beside the course, with your name."),
    )

    def __init__(self, courses: Collection[Course], path: Path, data: Any = None) -> None:
        super().__init__(data)
        course = cast(forms.TypedChoiceField, self.fields["course"])
        # Any course may be sent: a second press of the button asks for one that is on the path by then.
        course.choices = [(one.id, one.title) for one in courses]
        offered = [one for one in courses if one.id not in path.courses]
        by_level = [(level.label, [(one.id, one.title) for one in offered if one.level == level]) for level in Level]
        course.widget.choices = [("", _("Choose a course")), *[group for group in by_level if group[1]]]


class ReasonForm(forms.Form):
    """Why one course is on the path."""

    reason = forms.CharField(label=_("Why"), max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, step_id: int, reason: str, data: Any = None) -> None:
        super().__init__(data, prefix=f"step-{step_id}", initial={"reason": reason})


class PeopleForm(forms.Form):
    """Who takes a course; nobody named: everybody."""

    people = forms.TypedMultipleChoiceField(
        label=_("Who takes it"),
        label_suffix="",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: everybody takes it, also those who come later."),
    )

    def __init__(self, people: Collection[Person], chosen: Collection[int], data: Any = None) -> None:
        super().__init__(data, initial={"people": list(chosen)})
        field = cast(forms.TypedMultipleChoiceField, self.fields["people"])
        field.choices = [(person.id, person.name) for person in people]
