"""The editor's page of a recording: what is refused at once, and what only when it is to be published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm

from cms.masterclasses.publishing import content, file_of
from cms.masterclasses.rules import NO_TOPIC, Content, Person, Reason, kinds, reasons
from cms.masterclasses.subtitles import MAX_CHARACTERS, Taken, decode, take_in, too_long
from lms.core.markup import MarkupTooLarge, render_markdown

ROWS = {"consent_on": "guests", "start": "chapters"}
"""A field of one row of several → the rows."""


class RecordingForm(WagtailAdminPageForm):
    """A draft may be half done. What cannot be kept, or is surely wrong, is refused at once."""

    data: Any
    captions_file = forms.FileField(
        label=_("or captions file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
        help_text=_("A .vtt or .srt file. It takes the place of what stands in the box above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mended: list[str] = []
        if "topics" in self.fields:
            self.fields["topics"].error_messages["required"] = NO_TOPIC
        if "documents" in self.fields:
            documents = self.fields["documents"]
            documents.queryset = documents.queryset.exclude(kind="file").order_by("title")

    @property
    def asks_for_all(self) -> bool:
        """Whether this is to be published or given to a moderator: not for a draft, nor where changes are asked for."""
        decision = "action-workflow-action" in self.data and self.data.get("workflow-action-name") != "approve"
        return not (self.is_deferred_validation or decision)

    def clean_notes(self) -> str:
        notes: str = self.cleaned_data["notes"]
        try:
            self.instance.notes_html = render_markdown(notes)
        except MarkupTooLarge as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return notes

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        for reason in kinds(file_of(given.get("audio")), file_of(given.get("video")), given.get("embed") or ""):
            self._refuse(reason)
        self._clean_captions()
        if self.asks_for_all:
            rows = {field: self._rows(field) for field in ROWS}  # now: a row that is refused is not among them any more
            for reason in reasons(self._content()):
                self._refuse(reason, None if reason.row is None else rows[reason.field][reason.row])
        return self.cleaned_data

    def _clean_captions(self) -> None:
        given = self._given_captions()
        if given is None:
            return
        text, from_file = given
        self.cleaned_data["captions"] = text
        if not text.strip():
            return
        taken = take_in(text, self._length())
        if not taken.problems:
            self.mended += taken.mended
            self.cleaned_data["captions"] = taken.vtt
        elif from_file or len(text) > MAX_CHARACTERS:
            self.add_error("captions", taken.problems)

    def _given_captions(self) -> tuple[str, bool] | None:
        """The text and whether it came as a file, which goes into the box, too; None after a refusal."""
        file = self.cleaned_data.get("captions_file")
        if not file:
            return self.cleaned_data.get("captions") or "", False
        read = decode(file.read()) if file.size <= MAX_CHARACTERS else Taken(problems=[too_long(file.size)])
        if read.problems:
            self.add_error("captions_file", read.problems)
            return None
        self.mended += read.mended
        self.data = self.data.copy()
        self.data[self.add_prefix("captions")] = read.vtt
        return read.vtt, True

    def _length(self) -> int | None:
        file = self.cleaned_data.get("video") or self.cleaned_data.get("audio")
        return file.duration if file and not self.cleaned_data.get("embed") else None

    def _content(self) -> Content:
        given = self.cleaned_data
        return content(
            self.instance.locale.language_code,
            topics=len(given.get("topics") or ()),
            audio=file_of(given.get("audio")),
            video=file_of(given.get("video")),
            embed=given.get("embed") or "",
            captions=given.get("captions") or "",
            transcript=given.get("transcript") or "",
            guests=tuple(
                Person(row.get("name") or row.get("role") or "", row.get("consent_on"))
                for row in (form.cleaned_data for form in self._rows("consent_on"))
            ),
            chapters=tuple(row.cleaned_data.get("start") or 0 for row in self._rows("start")),
            **self.own_facts(),
        )

    def own_facts(self) -> dict[str, Any]:
        """What else is asked of this kind of page: see `cms.models.recordings.RecordedPage.own_facts`."""
        raise NotImplementedError

    def _rows(self, field: str) -> list[forms.ModelForm]:
        """The rows that stay and in which this field is well, in the order in which they stand."""
        formset = self.formsets.get(ROWS[field])
        if formset is None:
            return []
        formset.is_valid()
        kept = (row for row in formset.forms if row not in formset.deleted_forms and row.cleaned_data)
        return [row for row in kept if field not in row.errors]

    def _refuse(self, reason: Reason, row: forms.ModelForm | None = None) -> None:
        """Say it at its field, of the whole or of a row, unless something is said there already."""
        form = self if row is None else row
        beside = "captions_file" if reason.field == "captions" else reason.field
        if reason.field in form.fields and not {reason.field, beside} & set(form.errors):
            form.add_error(reason.field, reason.sentence)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After a save in the background: what came as a file stands in the box, and is not sent again."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if self.cleaned_data.get("captions_file"):
            updates += [(self.add_prefix("captions"), self.cleaned_data["captions"])]
            updates += [(self.add_prefix("captions_file"), "")]
        return updates


class MasterclassForm(RecordingForm):
    """A masterclass also says whom it is for, and may have a taste for podcast apps."""

    def own_facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "audience": given.get("audience") or "",
            "clusters": len(given.get("clusters") or ()),
            "soundbite": (given.get("soundbite_start"), given.get("soundbite_seconds")),
        }
