"""What robots ask for: the sitemap, and where they need not look."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.published import changed, published
from cms.sharing.sitemap import sitemap_xml
from lms.core.conditional import Body, answer

KEPT_OUT = ("/admin/", "/accounts/", "/me/", "/company/", "/search/", "/podcast/feed/")
"""Nothing for search engines: people's own pages, and answers to questions."""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Every public address, in all languages."""

    def build() -> Body:
        return Body.of(sitemap_xml(request), "application/xml; charset=utf-8", changed(request))

    return answer(request, published(request, "sitemap", build))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where robots need not look, and where the sitemap is."""
    paths = [prefix + path for path in KEPT_OUT for prefix in ("", "/nb")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
