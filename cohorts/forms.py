"""What people fill in: the move of a company, and a cohort in the editors' part of the site."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cohorts.models import Participation
from cohorts.rules import Stage, next_stages
from lms.accounts.models import User
from lms.accounts.roles import ADVISORS


class MoveForm(forms.Form):
    """Where a company goes next. Offers what is allowed; whether it may go now is for `actions.move_to` to say."""

    stage = forms.ChoiceField(label=_("Move to"), choices=Stage.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when something is missing. Kept in the history; the company does not see it."),
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any stage may be sent: a second press of the button asks for the stage the company is in by then.
        choice = cast(forms.RadioSelect, self.fields["stage"].widget)
        choice.choices = [(to.value, to.label) for to in next_stages(participation.stage)]


class CohortForm(WagtailAdminModelForm):
    """A cohort with its companies. Companies are added here; what happened to them is never removed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_advise = Q(is_active=True, groups__name=ADVISORS)
        if self.instance.pk:
            may_advise |= Q(cohorts_advised=self.instance)  # whoever advises it now stays in the list
        self.fields["advisors"].queryset = User.objects.filter(may_advise).distinct()
        for form in self.formsets["participations"].forms:
            if form.instance.pk:
                form.fields["company"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for form in self.formsets["participations"].deleted_forms:
            if form.instance.pk and form.instance.stage != Stage.REQUESTED:
                sentence = translate(
                    "%(company)s is past “Requested”, so its history stays. Move it to “Withdrawn” on its own page."
                )
                self.add_error(None, sentence % {"company": form.instance.company})
        return cleaned
