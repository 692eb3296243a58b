"""Signing up, with or without an invitation."""

from typing import Any

from allauth.account.views import SignupView as AllauthSignupView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lms.accounts import actions, selectors
from lms.accounts.models import Invitation


class SignupView(AllauthSignupView):
    """allauth's sign-up, which knows of an invitation: `?invitation=<token>`."""

    @property
    def invitation(self) -> Invitation | None:
        if not hasattr(self, "_invitation"):
            token = self.request.POST.get("invitation") or self.request.GET.get("invitation") or ""
            self._invitation = selectors.invitation_for(token) if token else None
        return self._invitation

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "invitation": self.invitation}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request = request
        token = request.POST.get("invitation") or request.GET.get("invitation")
        if token and (self.invitation is None or self.invitation.state != "open"):
            return redirect("accounts:invitation", token=token)  # says what is wrong with it
        try:
            answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        except actions.Refused:  # used or withdrawn while the form was filled in
            return redirect("accounts:invitation", token=str(token))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = self.request.POST.get("invitation") or self.request.GET.get("invitation") or ""
        return {**super().get_context_data(**kwargs), "invitation": self.invitation, "token": token}


signup = SignupView.as_view()
