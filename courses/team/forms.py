"""What an administrator chooses for a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import Membership
from lms.accounts.selectors import people_of


class PersonChoice(forms.ModelChoiceField):
    """Memberships, by the names of the people."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class ReassignForm(forms.Form):
    """The colleague who takes what another was asked to take."""

    to = PersonChoice(label=_("Colleague"), queryset=Membership.objects.none(), empty_label=None)

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = people_of(giver.company).filter(user__is_active=True).exclude(pk=giver.pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
