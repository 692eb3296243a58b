"""The people of a company: answering who asks, roles, handing over, leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts import actions, selectors
from lms.accounts.rules import MembershipRole
from lms.accounts.views.access import done, membership_to_change, signed_in


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, let_in: bool) -> HttpResponse:
    """Let someone who asked into the company, or not."""
    membership = membership_to_change(request, pk)
    name = {"name": str(membership.user)}
    said = _("%(name)s is in the company now.") % name if let_in else _("%(name)s was not let in.") % name
    return done(request, lambda: actions.answer(membership, let_in=let_in, by=signed_in(request)), said)


@login_required
@require_POST
def change_role(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Make a colleague an administrator, or the other way round."""
    membership = membership_to_change(request, pk)
    return done(request, lambda: actions.change_role(membership, role, by=signed_in(request)), _("Saved."))


@login_required
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take someone out of the company."""
    membership = membership_to_change(request, pk)
    said = _("%(name)s is not in the company any more.") % {"name": str(membership.user)}
    return done(request, lambda: actions.take_out(membership, by=signed_in(request)), said)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then make a colleague administrator in one's place."""
    own = selectors.current_membership(request)
    successor = get_object_or_404(selectors.people_of(own.company), pk=pk) if own else None
    if own is None or successor is None or successor.pk == own.pk:
        raise Http404
    if own.role != MembershipRole.ADMIN:
        if request.method == "POST" and successor.role == MembershipRole.ADMIN:  # the button pressed a second time
            return redirect("team:company")
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/hand_over.html", {"successor": successor, "company": own.company})
    said = _("%(name)s administers %(company)s now. You are a colleague.")
    names = {"name": str(successor.user), "company": own.company.name}
    return done(request, lambda: actions.hand_over(successor, by=signed_in(request)), said % names)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say what leaving means; then leave the current company. A refusal stands on the same page."""
    own = selectors.current_membership(request)
    if own is None:
        raise Http404
    context: dict[str, Any] = {"company": own.company}
    if request.method == "POST":
        try:
            actions.leave(own)
        except actions.Refused as refusal:
            context["sentence"] = refusal.sentence
        else:
            messages.success(request, _("You have left %(company)s.") % {"company": own.company.name})
            return redirect("courses:home")
    context["may_leave"] = selectors.may_leave(own)
    context["alone"] = not selectors.people_of(own.company).exclude(pk=own.pk).exists()
    return render(request, "accounts/leave.html", context)
