"""What people fill in: who gets a seat, and an agreement in the editors' part of the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import Seat, SeatAgreement
from courses.seats import selectors
from courses.seats.rules import fits
from lms.accounts.fields import OneLineField
from lms.accounts.models import Membership

MOST_SEATS = 10_000


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        """The name, with the address: two colleagues may have the same name."""
        return f"{membership.user} ({membership.user.email})"


class ColleagueForm(forms.Form):
    """Who gets the seat. Offers whoever has none; takes anybody of the company, so that a second press does no harm."""

    membership = ColleagueField(
        label=_("Colleague"),
        queryset=Membership.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose a colleague first."),
            "invalid_choice": _("This person is not in the company now. Choose somebody else."),
        },
    )

    def __init__(self, agreement: SeatAgreement, data: Any = None) -> None:
        super().__init__(data, auto_id="seat-%s")
        people = selectors.colleagues_without(agreement) if data is None else selectors.colleagues(agreement)
        self.fields["membership"].queryset = people  # type: ignore[attr-defined]


class AgreementForm(WagtailAdminModelForm):
    """An agreement as staff keep it. It stays with its company, and with seats enough for those who hold one."""

    name = OneLineField(label=_("Name"), max_length=150, help_text=_("For example “USA Next, autumn 2026”."))
    agreed = forms.IntegerField(label=_("Seats agreed"), min_value=1, max_value=MOST_SEATS)
    extra = forms.IntegerField(label=_("Seats added later"), min_value=0, max_value=MOST_SEATS, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courses"].queryset = selectors.first_pages()
        if self.instance.pk:
            self.fields["company"].disabled = True
        self.fields["agreed"].error_messages["min_value"] = _(
            "An agreement is on at least one seat. To end one, set its last day; one nobody uses can be deleted."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", translate("The last day is before the first one. Change one of them."))
        self._refuse_the_same_name(cleaned)
        if self.instance.pk and "agreed" in cleaned and "extra" in cleaned:
            self._refuse_too_few(cleaned["agreed"], cleaned["extra"])
        return cleaned

    def _refuse_the_same_name(self, cleaned: dict[str, Any]) -> None:
        same = SeatAgreement.objects.filter(company=cleaned.get("company"), name=cleaned.get("name", ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", translate("This company has an agreement of this name. Choose another name."))

    def _refuse_too_few(self, agreed: int, extra: int) -> None:
        used = Seat.objects.filter(agreement=self.instance.pk).count()
        if fits(agreed, extra, used):
            return
        sentence = translate(
            "%(used)s seats are taken, so there cannot be fewer. A company’s administrator can take back those of "
            "people who have not begun."
        )
        self.add_error("agreed" if "agreed" in self.changed_data else "extra", sentence % {"used": used})
