"""What organisers send from the list of registrations: one answer for several, and a message."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    APPROVE = "approve", _("Approve the request")
    DECLINE = "decline", _("Decline")
    CANCEL = "cancel", _("Take off the list")
    OFFER = "offer", _("Offer a place out of turn")


class AnswerForm(forms.Form):
    """One answer to the chosen registrations. Which they are is read from the event's own list."""

    answer = forms.ChoiceField(label=_("With those chosen"), choices=[("", _("Choose what to do")), *Answer.choices])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=250,
        help_text=_("They read it in their mail. Why somebody goes out of turn, only organisers read."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == Answer.OFFER and not told.get("reason"):
            self.add_error("reason", gettext("Say why somebody goes before the others. Nothing was changed."))
        return told


class MessageForm(forms.Form):
    """A message to registrants. `token` makes a second press harmless; `people` is how many the page named."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    people = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text. When and where the event is stands below it by itself."),
    )
