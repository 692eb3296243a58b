"""The policies a browser is told to keep: what a page may load, and what it may ask of the machine.

The site's own policy is `CONTENT_SECURITY_POLICY` in the settings: nothing inline, nothing from elsewhere. Wagtail's
admin has inline scripts in its templates and adds more while it works, so it gets a policy of its own, the narrowest it
works with: docs/decisions/0009-admin-policy.md. A preview is a page of the site and keeps the site's policy.
"""

from functools import cache
from typing import Any, ClassVar

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"
ADMIN_DIRECTIVES: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "manifest-src": [SELF],
    "object-src": [NONE],
}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)


def _asks_for_its_own(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a nonce was drawn, a view changed the policy, or Django explains an error."""
    return settings.DEBUG or hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response))


@cache
def policy(*, in_admin: bool) -> str:
    """The header of a response that asks for nothing of its own: always the same, so it is written once."""
    return build_policy(config=ADMIN_DIRECTIVES if in_admin else None)


class PolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy by part of the site, and the same Permissions-Policy everywhere."""

    admin_directives: ClassVar[dict[str, Any]] = ADMIN_DIRECTIVES

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if _asks_for_its_own(request, response):
            return super().process_response(request, response)
        in_admin = request.path_info.startswith(ADMIN)
        response.headers.setdefault(HEADER, policy(in_admin=in_admin))
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.config = self.admin_directives
        return parts
