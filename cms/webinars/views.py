"""A webinar for whoever may see it: before it is held and afterwards, at the same address."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from cms.addresses import site_of
from cms.masterclasses.shown import shown
from cms.masterclasses.views import context_of, has_expired, is_unrestricted, refusal
from cms.models import WebinarPage
from cms.presenting.words import begins, days
from cms.webinars import selectors
from cms.webinars.rules import Stage
from lms.events.views.panel import panel


@require_safe
def at_address(request: HttpRequest, slug: str) -> HttpResponse:
    """The webinar at this address, found without walking the tree. Whatever else it may be, Wagtail answers."""
    found = selectors.page_at(request)
    page = selectors.published_page(found) if found else None
    if page is not None and site_of(request) and is_unrestricted(request, page):
        return page.serve(request)
    answer: HttpResponse = wagtail_serve(request, f"webinars/{slug}/")
    return answer


def webinar(request: HttpRequest, page: WebinarPage) -> HttpResponse:
    """The page. What private pages ask for has been met when this is called; whom the event is for is asked here."""
    preview = getattr(request, "is_preview", False)
    if not preview and has_expired(page):
        raise Http404
    # The event is read now: whom it is for, and whether it is over, may have changed since anything was published.
    access = replace(page.access(), restrictions=shown(request, page).access.restrictions)
    if not preview and (refused := refusal(request, access)):
        return refused
    response = render(request, page.get_template(request), context_for(request, page))
    if (request.user.is_authenticated and not preview) or not access.is_open:
        add_never_cache_headers(response)
    return response


def context_for(request: HttpRequest, page: WebinarPage) -> dict[str, Any]:
    """What the page is made of. A stranger who comes for the recording needs no way to register."""
    stage = selectors.stage(page)
    context = {
        **context_of(request, page),
        "event": page.event,
        "stage": stage.value,
        "begins": begins(page.event),
        "days": days(page.event),
        "has_panel": stage is not Stage.RECORDED or request.user.is_authenticated,
    }
    return {**context, **panel(request, page.event)} if context["has_panel"] else context
