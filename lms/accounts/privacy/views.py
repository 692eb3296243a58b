"""Where one is signed in, and what is kept of one."""

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.accounts.models import User
from lms.accounts.privacy import actions, selectors
from lms.accounts.privacy.own_data import parts
from lms.accounts.rules import zone


def _person(request: HttpRequest) -> User:
    """Every view here asks for somebody signed in."""
    return cast(User, request.user)


@login_required
@require_safe
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the visitor is signed in."""
    person = _person(request)
    found = selectors.sessions_of(person, request.session.session_key)
    with timezone.override(zone(person.time_zone)):
        return render(request, "accounts/sessions.html", {"sessions": found})


@login_required
@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign out in one place."""
    person = _person(request)
    found = selectors.sessions_of(person, request.session.session_key)
    session = next((one for one in found if one.reference == reference), None)
    if session is None:
        raise Http404
    if session.is_this:
        logout(request)
        return redirect("account_login")
    actions.end_session(person, session.key)
    messages.success(request, _("%(device)s is signed out.") % {"device": session.device})
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = actions.end_other_sessions(_person(request), keep=request.session.session_key)
    said = ngettext("%(number)d other device is signed out.", "%(number)d other devices are signed out.", ended)
    messages.success(request, said % {"number": ended})
    return redirect("accounts:sessions")


@login_required
@require_safe
@never_cache
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of the visitor, in words and numbers."""
    kept = [(part, part.count(_person(request))) for part in parts()]
    something, nothing = [one for one in kept if one[1]], [part for part, count in kept if not count]
    context = {"kept": something, "nothing": nothing, "confirm": ""}
    if is_reauthentication_required(request, app="accounts"):
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        context["confirm"] = f"{way}?{urlencode({'next': request.path})}"
    return render(request, "accounts/own_data.html", context)


@login_required
@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """All of it, as a file, for who has just given the password. Who comes too late goes back to where it is asked."""
    if is_reauthentication_required(request, app="accounts"):
        messages.error(request, _("Some minutes have passed. Confirm that it is you, then take your data with you."))
        return redirect("accounts:own_data")
    person, now = _person(request), timezone.now()
    file = actions.take_own_data(person, now=now)
    response = FileResponse(file, as_attachment=True, filename=f"landfall-{now:%Y-%m-%d}.zip")
    response["Content-Type"] = "application/zip"
    response["Cache-Control"] = "private, no-store"
    return response
