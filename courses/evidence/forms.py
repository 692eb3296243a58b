"""What a person sends, and what an advisor answers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.evidence import files
from courses.evidence.rules import MOST

ACCEPT, ASK = "accept", "ask"


class PlainText(forms.CharField):
    """Text as it was typed; a line break counts as one character, as the browser counts it."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class SendForm(forms.Form):
    """A text, a file, or both. `version` is what its sender has read; `reply`: something was said before."""

    text = PlainText(
        label=_("What you know already, and from where"),
        required=False,
        max_length=MOST,
        strip=False,
        help_text=_("Courses, work, approvals, customers: what an advisor can judge in five minutes."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        required=False,
        allow_empty_file=True,  # refused below, with the other files that cannot be used
        help_text=_("PDF, Word, PNG, JPEG, WebP or text, 10 MB at most. Only you and your advisors can open it."),
        widget=forms.FileInput(attrs={"accept": ",".join(files.TYPES)}),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reply: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reply:
            self.fields["text"].label, self.fields["text"].help_text = gettext("Your words"), ""

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (problem := files.problem(file)):
            raise forms.ValidationError(problem)
        return file

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def say_file_is_lost(self) -> None:
        """A browser sends no file a second time by itself: say so where the form comes back."""
        if self.files.get("file") and "file" not in self.errors:
            self.add_error("file", gettext("Choose the file again: the browser does not keep it. Your text is kept."))


class DecideForm(forms.Form):
    """What an advisor answers: words, and one of two buttons."""

    words = PlainText(
        label=_("Your words to the person"),
        required=False,
        max_length=MOST,
        strip=False,
        help_text=_("A question needs them; with an acceptance they may be left out."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[(ACCEPT, ""), (ASK, "")],
        widget=forms.HiddenInput,
        error_messages={"required": _("Press one of the two buttons: accept, or ask.")},
    )
