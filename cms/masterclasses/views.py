"""A masterclass for whoever may see it; and of every recording its captions, and where a listener is."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve as wagtail_serve

from cms.access import visitor_of
from cms.addresses import site_of
from cms.masterclasses import actions, selectors
from cms.masterclasses.listening import SPEEDS
from cms.masterclasses.places import PlaceForm
from cms.masterclasses.shown import shown
from cms.models import MasterclassPage, RecordedPage
from cms.rules import Access
from lms.accounts.models import User
from lms.core.conditional import ASK_AGAIN, FOR_ONE, Body, answer


@require_safe
def at_address(request: HttpRequest, slug: str) -> HttpResponse:
    """The masterclass at this address, found without walking the tree. Whatever else it may be, Wagtail answers."""
    found = selectors.page_at(request)
    page = selectors.published_page(found) if found else None
    if page is not None and site_of(request) and is_unrestricted(request, page):
        return page.serve(request)
    answer: HttpResponse = wagtail_serve(request, f"masterclasses/{slug}/")
    return answer


def is_unrestricted(request: HttpRequest, page: RecordedPage) -> bool:
    """Whether the visitor meets what private pages ask for. If not, Wagtail has the form or the way to sign in."""
    restrictions = shown(request, page).access.restrictions
    return not restrictions or visitor_of(request).meets(restrictions)


def masterclass(request: HttpRequest, page: MasterclassPage) -> HttpResponse:
    """The page. What private pages ask for has been met when this is called; the audience is asked here."""
    preview = getattr(request, "is_preview", False)
    if not preview and has_expired(page):
        raise Http404
    access = shown(request, page).access
    if not preview and (refused := refusal(request, access)):
        return refused
    response = render(request, page.get_template(request), context_of(request, page))
    if (request.user.is_authenticated and not preview) or not access.is_open:
        add_never_cache_headers(response)
    return response


def has_expired(page: RecordedPage) -> bool:
    """Whether its time is over, also before the sweep takes it down."""
    return bool(page.expire_at and page.expire_at <= timezone.now())


def context_of(request: HttpRequest, page: RecordedPage) -> dict[str, Any]:
    """What the page, its player and what stands beside it are made of, for somebody who may see them."""
    made = shown(request, page)
    person = request.user if isinstance(request.user, User) and not getattr(request, "is_preview", False) else None
    return {
        **page.get_context(request),
        "shown": made,
        "companions": [one for one in made.companions if one.access.is_open or visitor_of(request).may_see(one.access)],
        "crumbs": made.crumbs,
        "place": selectors.place_of(person.pk, page.pk) if person else None,
        "speeds": SPEEDS,
        "now": timezone.now().timestamp() * 1000,
    }


def refusal(request: HttpRequest, access: Access) -> HttpResponse | None:
    """Nothing for those who may see it; the way to sign in for a stranger; not there for everybody else."""
    if access.is_open or visitor_of(request).may_see(access):
        return None
    if request.user.is_authenticated:
        raise Http404
    response = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    add_never_cache_headers(response)
    return response


def page_or_404(pk: int) -> RecordedPage:
    page = selectors.published_recording(pk)
    if page is None:
        raise Http404
    return page


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The captions as WebVTT, for players and podcast apps; nothing for those who may not see the page."""
    page = page_or_404(pk)
    access = selectors.access_of(page)
    if not page.captions or not (access.is_open or visitor_of(request).may_see(access)):
        raise Http404
    body = Body.of(page.captions.encode(), "text/vtt; charset=utf-8")
    response = answer(request, body, cache_control=ASK_AGAIN if access.is_open else FOR_ONE)
    if access.is_open:
        response["Access-Control-Allow-Origin"] = "*"  # podcast players in a browser read it from their own site
    return response


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep where the listener is. The player does not wait for the answer."""
    page = page_or_404(pk)
    if refused := refusal(request, selectors.access_of(page)):
        return refused
    if not isinstance(request.user, User):
        return redirect_to_login(page.get_url(request) or "/", resolve_url(settings.LOGIN_URL))
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    actions.remember(request.user.pk, page.pk, duration=selectors.length_of(page), **form.cleaned_data)
    return HttpResponse(status=204)
