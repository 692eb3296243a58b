"""Inviting many: an administrator sends a list, looks at what comes of it, and confirms."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.inviting import invite_many as invite
from lms.accounts.importing.forms import InviteManyForm
from lms.accounts.importing.rules.addresses import Outcome, Typed
from lms.accounts.importing.views.carrying import arrived, carried
from lms.accounts.models import Company, User
from lms.accounts.rules import INVITATIONS_A_DAY, MembershipRole
from lms.accounts.selectors import current_membership

PURPOSE = "invitations"
COMPANY_PAGE = "team:company"


@login_required
@never_cache
def invite_many(request: HttpRequest) -> HttpResponse:
    """The form; sent with a list, what comes of each address; sent from there, the invitations."""
    membership = current_membership(request)
    if membership is None or membership.role != MembershipRole.ADMIN:
        raise Http404
    company = membership.company
    if "list" in request.POST:
        return _invite(request, company)
    form = InviteManyForm(request.POST, request.FILES) if request.method == "POST" else InviteManyForm()
    if form.is_bound and form.is_valid():
        return _preview(request, company, form.entries)
    left = selectors.invitations_left(company, timezone.now())
    context = {"form": form, "company": company, "left": left, "most": INVITATIONS_A_DAY}
    return render(request, "importing/invite_many.html", context)


def _preview(request: HttpRequest, company: Company, entries: Sequence[Typed], refused: str = "") -> HttpResponse:
    """What comes of each entry as things are now. Nothing is written."""
    plan = selectors.invite_plan(company, entries, timezone.now())
    others = [Outcome.NOT_AN_ADDRESS, Outcome.DOUBLED, Outcome.OPEN, Outcome.PRESENT]
    rows = [[one.row, one.text, one.email, one.role.value] for one in entries]
    context = {
        "company": company,
        "plan": plan,
        "others": [(outcome, plan.of(outcome)) for outcome in others if plan.of(outcome)],
        "refused": refused,
        "most": INVITATIONS_A_DAY,
    }
    if plan.invited and not plan.too_many:
        context["list"] = carried([company.pk, plan.fingerprint, rows], PURPOSE)
    return render(request, "importing/invite_many_preview.html", context)


def _invite(request: HttpRequest, company: Company) -> HttpResponse:
    """Invite those that were shown. Where that is not possible any more, what would be done now is shown instead."""
    what = arrived(request.POST["list"], PURPOSE)
    if what is None or what[0] != company.pk:
        messages.error(request, _("That page was too old to go on from. Nobody was invited. Send the list again."))
        return redirect("accounts:invite_many")
    entries = [Typed(row, text, email, MembershipRole(role)) for row, text, email, role in what[2]]
    try:
        invited = invite(company, entries, seen=what[1], by=cast(User, request.user))
    except Refused as refusal:
        return _preview(request, company, entries, refusal.sentence)
    said = ngettext(
        "%(number)d person is invited and has 14 days to join. The mail leaves within a minute.",
        "%(number)d people are invited and have 14 days to join. The mails leave within minutes.",
        len(invited),
    )
    messages.success(request, said % {"number": len(invited)})
    return redirect(COMPANY_PAGE)
