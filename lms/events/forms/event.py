"""What an organiser says of an event as a whole."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.fields import OneLineField
from lms.accounts.models import Cluster, Company, User
from lms.accounts.rules import CompanyKind
from lms.accounts.rules import zone as zone_named
from lms.accounts.zones import time_zones
from lms.events.forms.local import LocalField, LocalTimes, local_parts, which_field
from lms.events.models import Event
from lms.events.rules import EventStatus, FeeFor, Visibility
from lms.events.selectors import people_who_may_organise

MOST_INVITED = 500
OTHERS = "others"
"""How the fee of all other kinds of company is called in the form."""

LOCAL = ("opens_at", "closes_at", "change_until")
PLAIN = """kind title summary description language owner time_zone place link status visibility capacity per_company
    approval offer_hours covered not_covered""".split()


class KronerField(forms.CharField):
    """An amount in kroner as people type it, such as “5 000” or “NOK 1,250.50”; comes back in øre, or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        text = re.sub(r"(?i)\s|nok|kr\.?|,-$", "", super().clean(value))
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
            text = re.sub(r"[.,]", "", text)  # thousands, not decimals
        text = re.sub(r",(?=\d{3}([.,]|$))", "", text).replace(",", ".")
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not re.fullmatch(r"\d+(\.\d{1,2})?", text) or amount > 10_000_000:
            raise ValidationError(_("Type kroner as a number, such as 5000 or 1250.50."))
        return int(amount * 100)


class EventForm(LocalTimes, forms.ModelForm[Event]):
    """The event without its rows. Nothing is saved here: `actions.arranging` does."""

    title = OneLineField(label=gettext_lazy("Title"), max_length=150)
    summary = OneLineField(
        label=gettext_lazy("Summary"), max_length=250, required=False,
        help_text=gettext_lazy("One or two sentences, for lists."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=time_zones, initial="Europe/Oslo",
        help_text=gettext_lazy("All times here are in this zone, and it is named where they are shown."),
        error_messages={"invalid_choice": gettext_lazy("We do not know this time zone. Choose one of the list.")},
    )  # fmt: skip
    place = OneLineField(
        label=gettext_lazy("Place"), max_length=200, required=False,
        help_text=gettext_lazy("Where most of it is. A session may have its own."),
    )  # fmt: skip
    link = forms.URLField(
        label=gettext_lazy("Link to the meeting"), max_length=500, required=False, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=gettext_lazy("Nobody sees it: everybody gets a link of their own, which leads there."),
        error_messages={"invalid": gettext_lazy("Type an address that begins with https://.")},
    )  # fmt: skip
    status = forms.ChoiceField(
        label=gettext_lazy("How certain it is"), initial=EventStatus.CONFIRMED, widget=forms.RadioSelect,
        choices=[
            (EventStatus.CONFIRMED, gettext_lazy("Confirmed")),
            (EventStatus.TENTATIVE, gettext_lazy("Tentative: it may still change")),
        ],
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=0, max_value=100_000, required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )  # fmt: skip
    per_company = forms.IntegerField(
        label=gettext_lazy("People of one company"), min_value=1, max_value=10_000, required=False,
        help_text=gettext_lazy("Counted over all its registrations. Empty: no limit."),
    )  # fmt: skip
    offer_hours = forms.IntegerField(
        label=gettext_lazy("Hours to take a place that came free"), min_value=1, max_value=1_000, initial=24,
        help_text=gettext_lazy("Then it is offered to the next one of the waiting list."),
    )  # fmt: skip
    opens_at = LocalField(
        label=gettext_lazy("Registration opens"), required=False, help_text=gettext_lazy("Empty: at once.")
    )
    closes_at = LocalField(
        label=gettext_lazy("Registration closes"), required=False, help_text=gettext_lazy("Empty: when it is over.")
    )
    change_until = LocalField(
        label=gettext_lazy("People change or give up their place until"), required=False,
        help_text=gettext_lazy("Empty: until it begins. After that they ask an organiser."),
    )  # fmt: skip
    opens_at_which = which_field(gettext_lazy("Which opening"))
    closes_at_which = which_field(gettext_lazy("Which closing"))
    change_until_which = which_field(gettext_lazy("Which one"))
    companies = forms.CharField(
        label=gettext_lazy("Invited companies"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, by name or by organisation number."),
    )  # fmt: skip
    people = forms.CharField(
        label=gettext_lazy("Invited people"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One e-mail address a line. They have an account here."),
    )  # fmt: skip
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields = [*PLAIN, "clusters", "organisers"]
        labels = {"kind": gettext_lazy("What it is"), "not_covered": gettext_lazy("Paid by oneself")}
        widgets = {
            "visibility": forms.RadioSelect,
            "clusters": forms.CheckboxSelectMultiple,
            "organisers": forms.CheckboxSelectMultiple,
            "description": forms.Textarea(attrs={"rows": 8}),
            "covered": forms.Textarea(attrs={"rows": 3}),
            "not_covered": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        who = people_who_may_organise(self.instance if self.instance.pk else None)
        for name in ("owner", "organisers"):
            self.fields[name].queryset = who  # type: ignore[attr-defined]
        self.fields["clusters"].queryset = Cluster.objects.all()  # type: ignore[attr-defined]
        for kind, label in (*CompanyKind.choices, (OTHERS, gettext_lazy("All others"))):
            self.fields[f"fee_{kind}"] = KronerField(label=label, required=False, max_length=30)
            self.fields[f"fee_{kind}_each"] = forms.ChoiceField(label=gettext_lazy("Counted"), choices=FeeFor.choices)
            self.fields[f"fee_{kind}_each"].required = False

    def fees(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each kind of company, the amount and how it is counted."""
        kinds = (*CompanyKind.values, OTHERS)
        return [(self[f"fee_{kind}"], self[f"fee_{kind}_each"]) for kind in kinds]

    @property
    def zone(self) -> ZoneInfo:
        """The zone that was chosen; where none of the list was, times are not judged by it in the end."""
        return zone_named(str(self["time_zone"].value()))

    def clean_companies(self) -> list[int]:
        return _named(self.cleaned_data["companies"], _companies_named)

    def clean_people(self) -> list[int]:
        return _named(self.cleaned_data["people"], _people_addressed)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in LOCAL:
            if data.get(name):
                data[name] = self.moment(name, data[name], self.zone)
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Registration closes before it opens. Change one of the two."))
        if data.get("visibility") == Visibility.CLUSTERS and not data.get("clusters") and "clusters" not in self.errors:
            self.add_error("clusters", _("Tick at least one cluster, or choose somebody else who may see it."))
        return data

    def fee_values(self) -> dict[str, tuple[int, str]]:
        """Øre and how they are counted, by kind of company. A kind that nothing was typed for has none."""
        typed = {kind: self.cleaned_data[f"fee_{kind}"] for kind in (*CompanyKind.values, OTHERS)}
        return {
            "" if kind == OTHERS else kind: (amount, self.cleaned_data[f"fee_{kind}_each"] or FeeFor.COMPANY.value)
            for kind, amount in typed.items()
            if amount is not None
        }

    @staticmethod
    def initial_of(event: Event) -> dict[str, Any]:
        """What the form says of an event besides its plain fields."""
        said: dict[str, Any] = {}
        for name in LOCAL:
            if moment := getattr(event, name):
                said[name], said[f"{name}_which"] = local_parts(moment, event.zone)
        for fee in event.fees.all():
            kind = fee.company_kind or OTHERS
            whole, rest = divmod(fee.amount, 100)
            said |= {f"fee_{kind}": f"{whole}.{rest:02}" if rest else str(whole), f"fee_{kind}_each": fee.each}
        invited = list(event.invited.select_related("company", "user").order_by("pk"))
        said["companies"] = "\n".join(_as_typed(one.company) for one in invited if one.company)
        said["people"] = "\n".join(one.user.email for one in invited if one.user)
        return said


def _as_typed(company: Company) -> str:
    """What names a company for certain; names are not unique, numbers are."""
    return company.number or company.name


def _named(text: str, find: Any) -> list[int]:
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not lines:
        return []
    if len(lines) > MOST_INVITED:
        raise ValidationError(_("At most %(most)d lines fit.") % {"most": MOST_INVITED})
    found, missing = find(lines)
    if missing:
        words = {"lines": ", ".join(f"“{line[:80]}”" for line in missing[:5])}
        raise ValidationError(_("We found nobody, or more than one, for %(lines)s. Check each line.") % words)
    return list(dict.fromkeys(found))


def _companies_named(lines: Iterable[str]) -> tuple[list[int], list[str]]:
    """Ids of the companies, and the lines that name none or several.

    Every name is read: databases do not agree on what the small letter of Ø is.
    """
    found: dict[str, set[int]] = {}
    for pk, name, *numbers in Company.objects.values_list("pk", "name", "organisation_number", "foreign_id"):
        for key in {name.casefold(), *numbers} - {""}:
            found.setdefault(key, set()).add(pk)
    named = {line: found.get(line.casefold()) or found.get("".join(line.split()).upper(), set()) for line in lines}
    return [min(pks) for pks in named.values() if len(pks) == 1], [line for line, pks in named.items() if len(pks) != 1]


def _people_addressed(lines: Iterable[str]) -> tuple[list[int], list[str]]:
    by_address = {line.lower(): line for line in lines}
    found = dict(User.objects.filter(email__in=by_address, is_active=True).values_list("email", "pk"))
    return list(found.values()), [line for address, line in by_address.items() if address not in found]
