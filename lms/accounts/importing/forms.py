"""What people send: a file of companies, a list of addresses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.accounts.importing.rules import addresses
from lms.accounts.importing.rules.addresses import MOST_ADDRESSES, MOST_CHARACTERS, Typed
from lms.accounts.importing.rules.table import MOST_BYTES, Table, read
from lms.accounts.rules import MembershipRole

SHOWN_AT_MOST = 20


def content(file: UploadedFile) -> bytes:
    """What is in an uploaded file, up to one byte more than may be: reading says then that it is too large."""
    data: bytes = file.read(MOST_BYTES + 1)
    return data


class CompaniesFileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )


class InviteManyForm(forms.Form):
    """A list of addresses, pasted or in a file. Of a valid form, `entries` is what stands in it."""

    text = forms.CharField(
        label=_("Addresses"),
        label_suffix="",  # one of the two is needed: neither is “optional”
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One a line, or with commas or semicolons between. Names beside them do no harm."),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        label_suffix="",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("Its first row names the columns: email and, if you like, role, which is member or admin."),
    )
    role = forms.ChoiceField(label=_("As"), choices=MembershipRole, initial=MembershipRole.MEMBER)

    entries: list[Typed]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        text, file = cleaned["text"], cleaned["file"]
        if bool(text.strip()) == (file is not None):
            both = _("There are addresses here and a file below. Send one of the two: empty this, or choose no file.")
            neither = _("Paste the addresses here, or choose a file below.")
            raise ValidationError({"text": both if file else neither})
        role = MembershipRole(cleaned["role"])
        self.entries = self._of(read(content(file), addresses.COLUMNS), role) if file else addresses.pasted(text, role)
        if len(self.entries) > MOST_ADDRESSES:
            words = _("There are more than %(most)d addresses. Send them in several parts.")
            self.add_error("file" if file else "text", words % {"most": MOST_ADDRESSES})
        return cleaned

    def _of(self, table: Table, role: MembershipRole) -> list[Typed]:
        """The entries of a file; what is wrong with it stands at the field, and nothing of it is taken."""
        entries, problems = addresses.listed(table, role)
        for problem in problems[:SHOWN_AT_MOST]:
            self.add_error("file", str(problem))
        more = len(problems) - SHOWN_AT_MOST
        if more > 0:
            said = ngettext("And %(more)d more like these.", "And %(more)d more like these.", more)
            self.add_error("file", said % {"more": more})
        return entries
