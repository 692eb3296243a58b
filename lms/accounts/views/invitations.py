"""Inviting, and the invitation as the invited person sees it."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.accounts import actions, selectors
from lms.accounts.forms import InviteForm
from lms.accounts.importing.actions import mailing
from lms.accounts.letters import invitation_letter
from lms.accounts.models import Invitation
from lms.accounts.rules import masked
from lms.accounts.views.access import administered_membership, done, signed_in

logger = logging.getLogger(__name__)


@login_required
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one address to the company."""
    its = administered_membership(request).company
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invitation, token = actions.invite(its, **form.cleaned_data, by=signed_in(request))
        except actions.Refused as refusal:
            form.add_error("email", refusal.sentence)
        else:
            _send(request, invitation, token)
            return redirect("team:company")
    return render(request, "accounts/invite.html", {"form": form, "company": its})


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
    invitation = get_object_or_404(selectors.invitations_administered_by(signed_in(request)), pk=pk)
    said = _("The invitation is withdrawn.")
    return done(request, lambda: actions.withdraw(invitation, by=signed_in(request)), said)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation leads to. Only the button joins."""
    found = selectors.invitation_for(token)
    if found is None:
        return render(request, "accounts/invitation_unusable.html", {"unknown": True}, status=404)
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
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found, "token": token, "signed_in": request.user.is_authenticated},
    )
