"""Form fields for what people type about themselves and their company."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.no import orgnr

from lms.accounts.rules import is_one_line, is_visible


class OneLineField(forms.CharField):
    """A name: one line of anything that can be seen, in any script."""

    def clean(self, value: Any) -> str:
        if isinstance(value, str) and not is_one_line(value.strip()):
            raise ValidationError(
                _("This has a character that cannot be shown, such as a tab or line break. Please type it again."),
                code="control",
            )
        text: str = super().clean(value)
        if text and not is_visible(text):
            raise ValidationError(_("Nothing of this can be seen. Please type it again."), code="invisible")
        return text


class NumberField(OneLineField):
    """The number of a company, which only some countries' companies must give: the form says which."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.is_required = False

    def validate(self, value: Any) -> None:
        """An empty one is the form's business."""


def clean_organisation_number(typed: str) -> str:
    """Nine digits that pass the check of Norwegian organisation numbers; spaces may stand between them."""
    number: str = orgnr.compact(typed)
    if not (number.isascii() and number.isdigit() and len(number) == 9):
        raise ValidationError(
            _("A Norwegian organisation number has nine digits, such as 974 760 673. Check what you typed.")
        )
    if not orgnr.is_valid(number):
        raise ValidationError(
            _("The digits of this number do not fit together: one may be wrong or two swapped. Check it at brreg.no.")
        )
    return number


def clean_foreign_number(typed: str) -> str:
    """A number of another country's register, written one way only so that the same number is found again."""
    return "".join(typed.split()).upper()
