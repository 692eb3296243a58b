"""Who may change what of a company, and what is said afterwards."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from lms.accounts import actions, selectors
from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipRole


def signed_in(request: HttpRequest) -> User:
    """The person, in views that only those who are signed in reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def administered_membership(request: HttpRequest) -> Membership:
    """The visitor's membership as administrator of the current company, or 404."""
    membership = selectors.current_membership(request)
    if membership is None or membership.role != MembershipRole.ADMIN:
        raise Http404
    return membership


def membership_to_change(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(selectors.memberships_administered_by(signed_in(request)), pk=pk)


def done(request: HttpRequest, do: Callable[[], object], said: str, *, to: str = "team:company") -> HttpResponse:
    """Do it, say so or say why not, and go to the page of this name: the company's, where none is named."""
    try:
        do()
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(to)
