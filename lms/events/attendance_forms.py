"""What organisers fill in about who was there, and what people type to check in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lms.events.rules.meeting_list import MOST_BYTES, MOST_ROWS, Row, Unreadable, UnreadableList, people_in

UNREADABLE = {
    Unreadable.TOO_LARGE: _("This file is larger than 2 MB. A list of one meeting is much smaller: choose that one."),
    Unreadable.WORKBOOK: _("This is an Excel workbook. Open it, save it as CSV, and choose that file."),
    Unreadable.NO_TEXT: _("This is no table of text. Choose the CSV file that the meeting tool made."),
    Unreadable.NO_TABLE: _(
        "No row of this file names a column “Name” or “Email”. "
        "Choose the list of participants, or write these words above the columns."
    ),
    Unreadable.NO_ROWS: _("There is nobody in this list. Perhaps the report was made before the meeting ended."),
    Unreadable.TOO_MANY_ROWS: _(
        "There are more than %(most)s rows in this file. Keep those of this meeting and choose it again."
    ),
}


class ListForm(forms.Form):
    """The meeting tool's list. `rows` is what stands in it, after `is_valid`."""

    file = forms.FileField(
        label=_("The list from the meeting tool"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=_("The CSV file of Zoom or Teams, or your own with a column “Name” or “Email”. At most 2 MB."),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("This file is empty. Choose the CSV file that the meeting tool made."),
        },
    )
    rows: list[Row]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            # One byte more than may be: enough to know, whatever the size.
            self.rows = people_in(file.read(MOST_BYTES + 1))
        except UnreadableList as refusal:
            raise forms.ValidationError(UNREADABLE[refusal.why], params={"most": f"{MOST_ROWS:,}"}) from refusal
        return file


class CheckInForm(forms.Form):
    """The code on the screen; and the session, where several run side by side."""

    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        help_text=_("Six digits."),
        error_messages={"required": _("Type the six digits on the screen.")},
    )
    session = forms.TypedChoiceField(
        label=_("Which session are you in?"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Several sessions run side by side. Say which one you are in.")},
    )

    def __init__(self, *args: Any, sessions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sessions) > 1:
            self.fields["session"].choices = sessions  # type: ignore[attr-defined]
        else:
            del self.fields["session"]
