"""What people send to answer a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.readiness.actions import Said
from courses.readiness.models import Answer
from courses.readiness.rules import Question
from lms.accounts.rules import DevelopmentStage, ProductClass

MOST_LINKS = 10
MINE, THEIRS = "mine", "theirs"


class AnswerForm(forms.Form):
    """One question's answer. After a conflict `keep` decides whose stays; `seen` is the version decided on."""

    worth = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=forms.RadioSelect)
    not_relevant = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=250)
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea, strip=False)
    evidence = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    keep = forms.ChoiceField(required=False, choices=[("", ""), (MINE, ""), (THEIRS, "")])
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, question: Question, answer: Answer | None, data: Any = None) -> None:
        names = ("worth", "not_relevant", "reason", "note", "evidence", "version")
        initial = {name: getattr(answer, name) for name in names} if answer else {"version": 0}
        super().__init__(data, prefix=question.key, initial=initial)
        self.question, self.answer = question, answer
        self.theirs: Answer | None = None
        """A colleague's answer that came first; set by whoever saves."""
        worth = self.fields["worth"]
        assert isinstance(worth, forms.TypedChoiceField)  # noqa: S101 - tells the type checker
        worth.choices = [(option.worth, option.text) for option in question.options]

    def clean_evidence(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(_("At most ten links; the strongest are enough."))
        for line in lines:
            try:
                URLValidator(schemes=["http", "https"])(line)
            except ValidationError:
                words = _("“%(line)s” is not a web address. Write one a line, beginning with https://.")
                raise ValidationError(words % {"line": line[:80]}) from None
        return "\n".join(lines)

    @property
    def said(self) -> Said:
        """Of a valid form."""
        data = self.cleaned_data
        decided = data["keep"] == MINE
        return Said(
            worth=data["worth"],
            not_relevant=data["not_relevant"],
            reason=data["reason"],
            note=data["note"],
            evidence=data["evidence"],
            version=(data["seen"] if decided else data["version"]) or 0,
        )

    @property
    def their_words(self) -> str:
        """What a colleague answered, in the words of the question."""
        if self.theirs is None:
            return ""
        if self.theirs.not_relevant:
            return f"{_('Not relevant for us')}: {self.theirs.reason}"
        option = self.question.option(self.theirs.worth) if self.theirs.worth else None
        return option.text if option else str(_("no answer"))

    @property
    def keeps_theirs(self) -> bool:
        return self.cleaned_data["keep"] == THEIRS

    @property
    def says_nothing(self) -> bool:
        """Nothing was chosen or written, and nothing had been before."""
        data = self.cleaned_data
        empty = data["worth"] is None and not any(data[name] for name in ("not_relevant", "reason", "note", "evidence"))
        return empty and self.answer is None


class QuestionForm(WagtailAdminModelForm):
    """The editors' form of a question: who is asked is chosen, and its answers are worth 1 to 5, once each."""

    classes = forms.MultipleChoiceField(
        label=_("Asked of product classes"),
        choices=ProductClass.choices,
        required=False,
        help_text=_("None chosen: asked of all."),
    )
    stages = forms.MultipleChoiceField(
        label=_("Asked at stages"),
        choices=DevelopmentStage.choices,
        required=False,
        help_text=_("None chosen: asked at all."),
    )
