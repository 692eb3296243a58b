"""What editors fill in for a file or library entry, and for a picture."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import ReferenceIndex

from cms.library.files import Facts, read
from cms.rules import Audience

FILE, PAGES = "file", "pages"
"""The kind and the audience of a file for pages, which is in no list: `cms.models.Document` has the same."""
FIRST_YEAR = 1800
DEFAULTED = ("kind", "language", "audience")


class DocumentForm(BaseDocumentForm):
    """A file or a link, exactly one. What the file says of itself is read and kept when one comes.

    Wagtail makes a class of it twice: with all fields, and without `file` for its upload of several at once, where a
    new document's file is put in place between `is_valid()` and `save()`.
    """

    facts: Facts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DEFAULTED:  # the upload of several at once sends a title and a file only
            self.fields[name].required = False
        self.fields["title"].required = False
        if "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].help_text = gettext_lazy(
                "PDF, Office, text, MP3, M4A, MP4 or WebVTT. Length, size and type are read from it."
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.facts = read(file)
            if self.facts.problem:
                raise forms.ValidationError(self.facts.problem)
            self._refuse_another_kind(self.facts)
        return file

    def _refuse_another_kind(self, facts: Facts) -> None:
        """Pages that play this file must still find sound where sound was, and film where film was."""
        before = self.instance.media_type.partition("/")[0]
        if before not in {"audio", "video"} or before == facts.media_type.partition("/")[0]:
            return
        if ReferenceIndex.get_references_to(self.instance).exists():
            raise forms.ValidationError(
                _("Pages play this file as sound or film, and this is another kind. Add it as a new one instead.")
            )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("A link starts with https:// here."))
        return link

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        latest = timezone.localdate().year + 1
        if year is not None and not FIRST_YEAR <= year <= latest:
            raise forms.ValidationError(
                _("A year between %(first)s and %(last)s, please.") % {"first": FIRST_YEAR, "last": latest}
            )
        return year

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in DEFAULTED:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.cleaned_data[name] = self._meta.model._meta.get_field(name).default
        self._clean_title()
        if not {"file", "link"} & set(self.errors):
            self._clean_source()
        self._clean_audience()
        return self.cleaned_data

    def _clean_title(self) -> None:
        """Without one, the file's name: a script writes it into the field, and quick hands are faster."""
        file = self.cleaned_data.get("file")
        if "title" in self.errors or "file" in self.errors or self.cleaned_data.get("title"):
            return
        if isinstance(file, UploadedFile):
            self.cleaned_data["title"] = PurePath(file.name or "").stem[:255]
        else:
            self.add_error("title", _("Write a title: what people look for it under."))

    def _clean_source(self) -> None:
        coming = "file" not in self.fields and self.instance.pk is None  # see the class
        file, link = coming or self.cleaned_data.get("file") or self.instance.file, self.cleaned_data.get("link")
        if file and link:
            self.add_error("link", _("This entry has a file. Leave the link empty, or make another entry for it."))
        elif not file and self.cleaned_data.get("kind") == FILE:
            self.add_error("file", _("Choose the file. Only an entry of the library may be a link instead."))
        elif not file and not link:
            self.add_error("file", _("Choose the file, or give the link to where its publisher keeps it."))

    def _clean_audience(self) -> None:
        kind, audience = self.cleaned_data.get("kind"), self.cleaned_data.get("audience")
        if kind and kind != FILE and audience == PAGES:
            self.add_error("audience", _("Say who may have it: everyone, members, or the members of some clusters."))
        if audience == Audience.CLUSTERS and not self.cleaned_data.get("clusters") and "clusters" not in self.errors:
            self.add_error("clusters", _("Choose at least one cluster, or nobody may have it."))

    def add_error(self, field: str | None, error: Any) -> None:
        """At the field; as a whole where Wagtail's upload of several leaves the field out."""
        super().add_error(field if field in self.fields else None, error)

    def save(self, commit: bool = True) -> Any:
        arrived = self.instance.pk is None and self.instance.file and self.facts is None
        facts = read(self.instance.file) if arrived else self.facts
        if facts is not None:
            self.instance.media_type = facts.media_type
            self.instance.duration = facts.duration
            self.instance.pages = facts.pages
        return super().save(commit=commit)

    class Meta(BaseDocumentForm.Meta):
        widgets = {
            **BaseDocumentForm.Meta.widgets,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "topics": forms.CheckboxSelectMultiple,
            "clusters": forms.CheckboxSelectMultiple,
        }


class ImageForm(BaseImageForm):
    """A picture; one that cannot be used is refused with what to do about it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is None:  # Wagtail's upload of several, once the file is there
            return
        file.error_messages |= {
            "invalid_image": _(
                "This is no picture we can show, or it is broken. Save it again as PNG or JPEG, and choose it anew."
            ),
            "invalid_image_known_format": _(
                "The picture is named “.%(extension)s”, but it is %(image_format)s. Save it again as PNG or JPEG."
            ),
            "invalid_image_extension": _(
                "Pictures are PNG, JPEG, GIF, WebP or AVIF here; drawings in SVG may carry programs. Save it as PNG."
            ),
            "file_too_many_pixels": _(
                "The picture has too many pixels; %(limit)s million fit. Save it smaller, for example 3000 pixels wide."
            )
            % {"limit": number_format(file.max_image_pixels // 1_000_000)},
        }
