"""allauth's forms of the second step: in our words, a code counts once, and nothing a browser sends breaks a page."""

import struct
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.fields import OneLineField

BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, RecursionError, struct.error)
"""What reading a passkey's answer raises when it is none."""

NAME_LENGTH = 60
LAST_STEP = "last_step"


class CodeWords(forms.Form):
    """A code field that says what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs.update({"inputmode": "numeric", "spellcheck": "false", "maxlength": "20"})


class UsedOnce(CodeWords):
    """Mixed into allauth's forms that take a code: one of the app counts once, in every process and after a restart."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not _use(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


@transaction.atomic
def _use(authenticator: Authenticator, code: str) -> bool:
    """Remember the half minute a code is of; False when one of it, or of a later one, was used before."""
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = get_adapter().decrypt(locked.data["secret"])
    fits = [
        step
        for step in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    ]
    if not fits or max(fits) <= locked.data.get(LAST_STEP, 0):
        return False
    locked.data[LAST_STEP] = max(fits)
    locked.save(update_fields=["data"])
    return True


class AuthenticateForm(UsedOnce, codes.AuthenticateForm):
    pass


class ReauthenticateForm(UsedOnce, codes.ReauthenticateForm):
    pass


class ActivateAppForm(CodeWords, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code in the app")
        self.fields["code"].help_text = _("Six digits. A new one comes every half minute.")


# --- Passkeys --------------------------------------------------------------------------------------------------------


class Sturdy(forms.Form):
    """Mixed into allauth's forms that take a passkey's answer: one that cannot be read is refused in words."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except BROKEN:
            self.cleaned_data = {}
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddPasskeyForm(Sturdy, passkeys.SignupWebAuthnForm):
    """A passkey that can be signed in with alone: allauth's form for those, also for a person who is here already."""

    name = OneLineField(
        label=_("What to call it"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("So that you know it again: “work laptop”, “phone”."),
    )


class NamePasskeyForm(passkeys.EditWebAuthnForm):
    name = OneLineField(label=_("What to call it"), max_length=NAME_LENGTH)


class AuthenticatePasskeyForm(Sturdy, passkeys.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(Sturdy, passkeys.ReauthenticateWebAuthnForm):
    pass


class SignInPasskeyForm(Sturdy, passkeys.LoginWebAuthnForm):
    pass
