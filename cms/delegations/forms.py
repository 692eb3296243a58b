"""The editor's page of a delegation."""

from typing import Any

from django import forms
from wagtail.admin.forms.pages import WagtailAdminPageForm

from cms.presenting.forms import offer_events
from lms.core.markup import MarkupTooLarge, render_markdown
from lms.events.rules import EventKind

TEXTS = ("background", "why", "practical", "behind_it")
"""The fields that are Markdown."""


class DelegationForm(WagtailAdminPageForm):
    """What could not be shown is refused at its field, with the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_events(self, EventKind.DELEGATION)
        if "documents" in self.fields:
            documents: Any = self.fields["documents"]
            documents.queryset = documents.queryset.exclude(kind="file").order_by("title")

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in TEXTS:
            try:
                render_markdown(self.cleaned_data.get(name) or "")
            except MarkupTooLarge as refusal:
                self.add_error(name, forms.ValidationError(str(refusal)))
        return self.cleaned_data
