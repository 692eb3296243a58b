"""A delegation's page, and the list of them."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from cms.access import visitor_of
from cms.addresses import page_address
from cms.delegations import selectors
from cms.delegations.rules import lines, prices
from cms.findable import items_for
from cms.masterclasses.views import refusal
from cms.models import DelegationPage, DelegationsPage
from cms.presenting.words import days
from cms.rules import Kind
from lms.events.views.panel import panel


def delegations(request: HttpRequest, page: DelegationsPage) -> HttpResponse:
    """The delegations somebody may see, the newest first."""
    items = [item for item in items_for(request) if item.kind == Kind.DELEGATION]
    response = render(request, page.get_template(request), {**page.get_context(request), "items": items})
    if request.user.is_authenticated or page.get_view_restrictions().exists():
        add_never_cache_headers(response)
    return response


def delegation(request: HttpRequest, page: DelegationPage) -> HttpResponse:
    """The page. What private pages ask for has been met when this is called; whom the event is for is asked here."""
    preview = getattr(request, "is_preview", False)
    if not preview and page.expire_at and page.expire_at <= timezone.now():
        raise Http404
    shown = selectors.shown(request, page)
    access = replace(page.access(), restrictions=shown.restrictions)
    if not preview and (refused := refusal(request, access)):
        return refused
    response = render(request, page.get_template(request), context_for(request, page, shown))
    if (request.user.is_authenticated and not preview) or not access.is_open:
        add_never_cache_headers(response)
    return response


def context_for(request: HttpRequest, page: DelegationPage, shown: selectors.Shown) -> dict[str, Any]:
    event, visitor = page.event, visitor_of(request)
    above = page.get_parent() if page.depth and page.depth > 1 else None
    return {
        **page.get_context(request),
        **panel(request, event),
        "event": event,
        "days": days(event),
        "shown": shown,
        "prices": prices(event.fees.values_list("company_kind", "amount", "each")),
        "covered": lines(event.covered),
        "not_covered": lines(event.not_covered),
        "funding": lines(page.funding),
        "companions": [one for one in shown.companions if visitor.may_see(one.access)],
        "crumbs": [*([(above.title, page_address(above))] if above else []), (page.title, "")],
    }
