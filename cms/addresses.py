"""Where a request belongs and where a page is found: sites, languages, addresses."""

import copy
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import translate_url
from django.utils.translation import get_language, override
from wagtail.models import Locale, Page, Site

from cms.published import published


def site_of(request: HttpRequest) -> Site | None:
    """The site a request is for, by Wagtail's rules, without asking the database again while nothing is published.

    Wagtail keeps what it finds on the request as well; setting it there spares its own query too.
    """
    if not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request.get_host())[0]
        found = _choose(published(request, "sites", _sites), host, int(request.get_port() or 0))
        request._wagtail_site = copy.copy(found)  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def _sites() -> list[Site]:
    return list(Site.objects.order_by("-is_default_site", "hostname", "port"))


def _choose(sites: list[Site], host: str, port: int) -> Site | None:
    """Name and port, else the name alone when one site has it, else the default site."""
    named = [site for site in sites if site.hostname == host]
    exact = [site for site in named if site.port == port] or [site for site in named if site.is_default_site]
    default = [site for site in sites if site.is_default_site]
    alone = named if len(named) == 1 else []
    return next(iter(exact or alone or default), None)


def page_address(page: Page) -> str:
    """The address of a page, or of its translation, in the language that is active; "" for a page outside every site.

    A page nobody has translated is shown in its own language under the reader's address, so that menu and buttons
    keep speaking the reader's language.
    """
    shown = page.localized
    address: str = shown.get_url() or ""
    return in_active_language(address, shown.locale.language_code) if address else ""


def in_active_language(address: str, written_in: str = settings.LANGUAGE_CODE) -> str:
    """An address of this site, given as it is in one language, as it is in the language that is active."""
    return in_language(address, get_language() or settings.LANGUAGE_CODE, written_in)


@lru_cache(maxsize=1024)
def in_language(address: str, language: str, written_in: str) -> str:
    """An address of this site in another language. Our code alone decides it, so each is worked out once."""
    with override(written_in):  # an address can only be understood in its own language
        return translate_url(address, language)


def _locales() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))


def language_of(request: HttpRequest, page: Page) -> str:
    """The language code a page is written in."""
    languages = published(request, "locales", _locales)
    return languages.get(page.locale_id) or page.locale.language_code


def canonical_address(page: Page, request: HttpRequest) -> str:
    """The one address search engines should keep: the page's own, in the language it is written in."""
    return settings.SITE_URL + urlsplit(page.get_url(request) or request.path).path
