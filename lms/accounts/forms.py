"""What people fill in: signing up, inviting, the facts of a company."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lms.accounts import actions
from lms.accounts.fields import NumberField, OneLineField, clean_foreign_number, clean_organisation_number
from lms.accounts.models import Company, Invitation, Registration, User
from lms.accounts.rules import COUNTRIES, CompanyKind, MembershipRole
from lms.accounts.zones import ZoneField

PASSWORD_HINT = _("At least ten characters. A few words in a row are easy to remember.")


class RegisterForm(forms.Form):
    """A company, as whoever registers it says: what it is, and the number by which colleagues find the same one."""

    company_name = OneLineField(
        label=_("Company"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=CompanyKind, initial=CompanyKind.COMPANY)
    country = forms.ChoiceField(label=_("Country it is registered in"), choices=COUNTRIES, initial="NO")
    number = NumberField(
        label=_("Organisation number"),
        max_length=40,
        help_text=_(
            "Norway: nine digits. Elsewhere: the number in your country’s register, or nothing if it is not at hand."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    COMPANY_FIELDS = ("company_name", "kind", "country", "number")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "country" in cleaned and "number" in cleaned:
            try:
                cleaned["organisation_number"], cleaned["foreign_id"] = self._numbers(
                    cleaned["country"], cleaned["number"]
                )
            except ValidationError as error:
                self.add_error("number", error)
        return cleaned

    @staticmethod
    def _numbers(country: str, typed: str) -> tuple[str, str]:
        if country != "NO":
            return "", clean_foreign_number(typed)
        if not typed:
            raise ValidationError(_("Type the organisation number: it is how colleagues find the same company."))
        return clean_organisation_number(typed), ""

    def company_facts(self) -> dict[str, Any]:
        """What was said, by the names a company has for it."""
        said = {name: self.cleaned_data[name] for name in ("kind", "country", "organisation_number", "foreign_id")}
        return {"name": self.cleaned_data["company_name"], **said}


class SignupForm(RegisterForm, AllauthSignupForm):
    """A person and their company; with an invitation, the person alone."""

    full_name = OneLineField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["full_name", "email", "password1", "company_name", "kind", "country", "number"]

    def __init__(self, *args: Any, invitation: Invitation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["email"].label = _("E-mail")
        self.fields["password1"].help_text = PASSWORD_HINT
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        if invitation:
            for name in self.COMPANY_FIELDS:
                del self.fields[name]
            self.fields["email"].disabled = True  # what is posted for it is not looked at
            self.initial["email"] = invitation.email

    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("full_name", "email", "password1")]

    def company_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COMPANY_FIELDS if name in self.fields]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self._errors:
            self["password1"].help_text = _(
                "Type the password again: for safety it is not kept when something is missing."
            )

    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """As allauth's, but an address that is taken costs the same time, also when it was taken this very moment."""
        if not self.account_already_exists:
            try:
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
            except IntegrityError:
                self.account_already_exists = True
            else:
                return saved
        make_password(self.cleaned_data["password1"])
        answer: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return answer

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        return user

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person is saved: keep the company part, or join by the invitation."""
        if self.invitation is None:
            Registration.objects.create(user=user, **self.company_facts())
            return
        # Whoever has the link has read the mail that was sent to this address: that confirms it.
        get_adapter(request).stash_verified_email(request, self.invitation.email)
        actions.accept(self.invitation, by=user)


class InviteForm(forms.Form):
    """One address to invite."""

    email = forms.EmailField(
        label=_("E-mail of your colleague"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("As"), choices=MembershipRole, initial=MembershipRole.MEMBER)


class DomainForm(forms.Form):
    """One of the administrator's own mail domains, to open to colleagues."""

    domain = forms.ChoiceField(label=_("Mail domain"))

    def __init__(self, *args: Any, own: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [(domain, domain) for domain in own]  # type: ignore[attr-defined]


class CompanyForm(forms.ModelForm):
    """What a company's administrators may change. Numbers are not among it: they say which company it is."""

    name = OneLineField(label=_("Name"), max_length=200)
    website = forms.URLField(label=_("Web site"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Company
        fields = ["name", "kind", "product_class", "stage", "website"]
        labels = {
            "kind": _("What it is"),
            "product_class": _("What you make"),
            "stage": _("How far you are"),
        }


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves."""

    full_name = OneLineField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    time_zone = ZoneField(
        label=_("Time zone"),
        max_length=64,
        help_text=_("Times in mails and on pages that are about you are in this zone. Type a city, and take one."),
    )

    class Meta:
        model = User
        fields = ["full_name", "language", "time_zone"]
        help_texts = {"language": _("The site, when you sign in, and mails to you are in this language.")}
