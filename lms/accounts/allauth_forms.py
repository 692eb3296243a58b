"""allauth's forms in our words: labels that say what to type, no placeholders, a password once."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.forms import PASSWORD_HINT

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "remember": _("Stay signed in on this machine"),
    "code": _("Code"),
}


class OurWords(forms.Form):
    """Mixed into each of allauth's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # whoever mistypes chooses another password by mail
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = PASSWORD_HINT if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update({"autocapitalize": "characters", "spellcheck": "false"})


class LoginForm(OurWords, allauth.LoginForm):
    pass


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):
    pass


class AddEmailForm(OurWords, allauth.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):
    pass


class ConfirmEmailForm(OurWords, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmResetForm(OurWords, allauth.ConfirmPasswordResetCodeForm):
    pass
