"""What an organiser is asked before everything moves, or nothing happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.fields import OneLineField
from lms.events.actions.arranging import MOST_DAYS


class MoveForm(forms.Form):
    """How many days later; earlier with a minus."""

    days = forms.IntegerField(
        label=_("How many days later"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        initial=1,
        help_text=_("Earlier: with a minus, such as -7 for a week."),
    )
    deadlines = forms.BooleanField(
        label=_("Move the end of registration and of changing along"), required=False, initial=True
    )
    sequence = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not days:
            raise forms.ValidationError(_("Type how many days: 1 is a day later, -1 a day earlier."))
        return days


class CancelForm(forms.Form):
    """Why, in the words everybody reads."""

    why = OneLineField(
        label=_("Why"),
        max_length=250,
        help_text=_("One sentence. It stands in the mail to everybody, and on the page of the event."),
    )
