"""Signing up, the company's page, invitations, one's own details."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from allauth.account.views import SignupView as AllauthSignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.accounts import actions, selectors
from lms.accounts.forms import CompanyForm, InviteForm, ProfileForm
from lms.accounts.importing.actions import mailing
from lms.accounts.letters import invitation_letter
from lms.accounts.models import Invitation, Membership
from lms.accounts.rules import MembershipRole, masked

logger = logging.getLogger(__name__)
PEOPLE_A_PAGE = 50


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


# --- The company -----------------------------------------------------------------------------------------------------


@login_required
@never_cache
def company(request: HttpRequest) -> HttpResponse:
    """People, requests, invitations and facts of the visitor's company."""
    return company_page(request)


def company_page(request: HttpRequest, *, invite: InviteForm | None = None) -> HttpResponse:
    """The page itself; with the invitation form that was refused, if one was."""
    membership = selectors.current_membership(request)
    if membership is None:
        return _waiting_page(request)
    administers = membership.role == MembershipRole.ADMIN
    its = membership.company
    context = {
        "membership": membership,
        "company": its,
        "administers": administers,
        "others": selectors.belonging(request).memberships[1:],
        "people": Paginator(selectors.people_of(its), PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "clusters": selectors.clusters_of(its),
        "asks": selectors.asks_to(its) if administers else [],
        "invitations": selectors.invitations_of(its) if administers else [],
        "invite_form": invite or InviteForm(),
    }
    return render(request, "accounts/company.html", context)


def _waiting_page(request: HttpRequest) -> HttpResponse:
    """What became of the visitor's request to join. It says nothing of the company but the number they typed."""
    asks = list(selectors.asks_of(request.user))  # type: ignore[arg-type]
    if not asks:
        raise Http404
    return render(request, "accounts/waiting.html", {"asks": asks})


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """Change what the company says about itself."""
    its = _administered_membership(request).company
    form = CompanyForm(request.POST or None, instance=its)
    if request.method == "POST" and form.is_valid():
        actions.change_facts(its, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Saved."))
        return redirect("accounts:company")
    return render(request, "accounts/facts.html", {"form": form, "company": its})


@login_required
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one address to the company."""
    its = _administered_membership(request).company
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invitation, token = actions.invite(its, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        except actions.Refused as refusal:
            form.add_error("email", refusal.sentence)
        else:
            _send(request, invitation, token)
            return redirect("accounts:company")
    return company_page(request, invite=form)


def _send(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Mail the link at once: the token is kept nowhere. What could not be mailed is withdrawn."""
    try:
        invitation_letter(invitation, token).send()
    except (OSError, SMTPException):
        logger.exception("invitation not sent: %s", invitation.pk)
        actions.withdraw(invitation, by=None)
        messages.error(request, _("The mail could not be sent just now, so nobody was invited. Try again in a minute."))
    else:
        mailing.record_sent(invitation)
        messages.success(request, _("%(email)s is invited and has 14 days to join.") % {"email": invitation.email})


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = get_object_or_404(selectors.invitations_administered_by(request.user), pk=pk)  # type: ignore[arg-type]
    said = _("The invitation is withdrawn.")
    return _done(request, lambda: actions.withdraw(invitation, by=request.user), said)  # type: ignore[arg-type]


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, let_in: bool) -> HttpResponse:
    """Let someone who asked into the company, or not."""
    membership = _membership_to_change(request, pk)
    name = {"name": str(membership.user)}
    said = _("%(name)s is in the company now.") % name if let_in else _("%(name)s was not let in.") % name
    return _done(request, lambda: actions.answer(membership, let_in=let_in, by=request.user), said)  # type: ignore[arg-type]


@login_required
@require_POST
def change_role(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Make a colleague an administrator, or the other way round."""
    membership = _membership_to_change(request, pk)
    return _done(request, lambda: actions.change_role(membership, role, by=request.user), _("Saved."))  # type: ignore[arg-type]


@login_required
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take someone out of the company."""
    membership = _membership_to_change(request, pk)
    said = _("%(name)s is not in the company any more.") % {"name": str(membership.user)}
    return _done(request, lambda: actions.take_out(membership, by=request.user), said)  # type: ignore[arg-type]


@login_required
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Act for another of one's companies from now on."""
    if not selectors.choose_company(request, pk):
        raise Http404
    return redirect("accounts:company")


def _administered_membership(request: HttpRequest) -> Membership:
    """The visitor's membership as administrator of the current company, or 404."""
    membership = selectors.current_membership(request)
    if membership is None or membership.role != MembershipRole.ADMIN:
        raise Http404
    return membership


def _membership_to_change(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(selectors.memberships_administered_by(request.user), pk=pk)  # type: ignore[arg-type]


def _done(request: HttpRequest, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say so or say why not, and go back to the company's page."""
    try:
        do()
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("accounts:company")


# --- Invitations, as the invited person sees them --------------------------------------------------------------------


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation leads to. Only the button joins."""
    found = selectors.invitation_for(token)
    if found is None:
        return render(request, "accounts/invitation_unusable.html", {"unknown": True}, status=404)
    signed_in = request.user.is_authenticated
    try:
        actions.refuse_unusable(found, email=request.user.email if request.user.is_authenticated else found.email)
        if request.method == "POST" and request.user.is_authenticated:
            actions.accept(found, by=request.user)
            messages.success(request, _("You are in %(company)s now.") % {"company": found.company})
            return redirect("courses:home")
    except actions.Refused as refusal:
        words = {
            "sentence": refusal.sentence,
            "open": found.state == "open",
            "masked": masked(found.email),
            "token": token,
        }
        return render(request, "accounts/invitation_unusable.html", words, status=200 if found.state == "open" else 410)
    return render(request, "accounts/invitation.html", {"invitation": found, "token": token, "signed_in": signed_in})


# --- One's own details -----------------------------------------------------------------------------------------------


@login_required
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language and time zone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
