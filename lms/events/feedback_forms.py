"""What people answer about an event, and the questions as organisers write them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.fields import OneLineField
from lms.events.actions.feedback import Asking
from lms.events.models import FeedbackQuestion
from lms.events.rules import QuestionKind
from lms.events.rules.feedback import MOST_QUESTIONS, SCALE

LONGEST = 2000


class FeedbackForm(forms.Form):
    """One field a question, named `q-<id>`. None must be answered; all empty is for `actions.feedback` to refuse."""

    def __init__(self, *args: Any, questions: Iterable[FeedbackQuestion], answers: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for one in questions:
            field: forms.Field
            if one.kind == QuestionKind.SCALE:
                field = forms.TypedChoiceField(
                    choices=[(value, str(value)) for value in SCALE],
                    coerce=int,
                    empty_value=None,
                    widget=forms.RadioSelect,
                    required=False,
                    error_messages={"invalid_choice": _("Choose one of the five. Your other answers are kept here.")},
                )
            else:
                field = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
            field.label = one.text
            field.initial = answers.get(str(one.pk))
            self.fields[f"q-{one.pk}"] = field

    @property
    def answers(self) -> dict[int, int | str]:
        """By question id, without what was left empty; after `is_valid`."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("q-")): value for name, value in given if value not in (None, "")}


class QuestionForm(forms.Form):
    """A question as organisers write it. An empty text takes it away."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = OneLineField(label=_("Question"), required=False, max_length=250)
    kind = forms.ChoiceField(
        label=_("Kind of answer"),
        choices=[(one.value, one.label) for one in (QuestionKind.SCALE, QuestionKind.TEXT)],
        initial=QuestionKind.SCALE,
    )


QuestionFormSet = forms.formset_factory(QuestionForm, extra=2, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + 2)


def asked_in(formset: Any) -> list[Asking]:
    """What is asked, in order; after `is_valid`."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("text")]
    return [Asking(row["text"], row["kind"], row.get("id")) for row in rows]
