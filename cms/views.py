"""The doors: where Wagtail sends whoever may not enter, instead of to sign-in pages of its own."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def editors_sign_in(request: HttpRequest) -> HttpResponse:
    """The door to the editors' part."""
    return _door(request, "wagtailadmin_home")


def readers_sign_in(request: HttpRequest) -> HttpResponse:
    """The door to pages that editors keep for those who signed in, or for some groups of them."""
    return _door(request, "/")


def _door(request: HttpRequest, default: str) -> HttpResponse:
    """To our sign-in, and from there to where the person wanted.

    Somebody already signed in hears that this is not for them: sent to sign in again, they would only come back here.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect_to_login(wanted if safe else resolve_url(default))


def not_here(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """In the place of Wagtail's admin API for acting on pages: no page of it asks there, and it asks less of people.

    By hand, a moderator could publish a copy past the moderators of its topic.
    """
    raise Http404
