"""allauth's pages of the second step, where they need something else of ours."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache

from lms.accounts.privacy import selectors

ALL_WAYS = reverse_lazy("mfa_index")


class WaysView(IndexView):
    """How one signs in: address, password, app, passkeys, recovery codes, and where one is signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        has = context["authenticators"]
        codes = has.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "app": has.get(Authenticator.Type.TOTP),
            "passkeys": has.get(Authenticator.Type.WEBAUTHN, []),
            "codes": codes,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "session_count": len(selectors.sessions_of(self.request.user)),
        }


class AddPasskeyView(allauth.AddWebAuthnView):
    """Asks for a passkey that can be signed in with alone, as sign-up would."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked = auth.begin_registration(self.request.user, True)
        return context | {"form": kwargs.get("form") or context["form"], "js_data": {"creation_options": asked}}


class ReauthenticatePasskeyView(allauth.ReauthenticateWebAuthnView):
    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Back to the same page, where there are other ways."""
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, str(sentence))
        return redirect(self.passthrough_next_url(self.request.path))


ways = never_cache(WaysView.as_view())
add_passkey = never_cache(AddPasskeyView.as_view())
name_passkey = allauth.EditWebAuthnView.as_view(success_url=ALL_WAYS)
remove_passkey = allauth.RemoveWebAuthnView.as_view(success_url=ALL_WAYS)
reauthenticate_passkey = never_cache(ReauthenticatePasskeyView.as_view())
