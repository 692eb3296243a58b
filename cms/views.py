"""The door to the editors' part."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def editors_sign_in(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not enter: to sign in, or, already signed in, to the page that says why not.

    Sending a signed-in person to sign in again would only send them back here.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect_to_login(wanted if safe else reverse("wagtailadmin_home"))
