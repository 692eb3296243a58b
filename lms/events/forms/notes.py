"""What organisers write down, and what was agreed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.fields import OneLineField
from lms.accounts.models import Company
from lms.events.forms.local import DayField
from lms.events.models import Event, Session
from lms.events.selectors.notes import companies_at


class AboutForm(forms.Form):
    """Something at an event, perhaps about a company there."""

    company = forms.ModelChoiceField(
        label=_("About a company"), queryset=Company.objects.none(), required=False, empty_label=_("No company")
    )

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["company"].queryset = companies_at(event)  # type: ignore[attr-defined]


class NewNoteForm(AboutForm):
    """Which session a note is of."""

    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.none(), required=False, empty_label=_("The whole event")
    )
    field_order = ["session", "company"]

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, event=event, **options)
        self.fields["session"].queryset = event.sessions.all()  # type: ignore[attr-defined]


class ActionItemForm(AboutForm):
    """What was agreed: who does what until when."""

    text = OneLineField(label=_("What"), max_length=250)
    who = OneLineField(label=_("Who"), max_length=150, required=False)
    due = DayField(label=_("Until"), required=False)
    field_order = ["text", "who", "due", "company"]

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, event=event, auto_id="agreed_%s", **options)  # another form stands on the same page
