"""A person's own feed: the page where they make its address, and what a podcast program fetches with it.

A program has no session: the token in the address says who asks, and every request looks again whether they may.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.access import visitor_for, visitor_of
from cms.models import FeedAddress
from cms.podcast import actions, selectors
from cms.podcast.feed import CONTENT_TYPE, podcast_xml, whole
from cms.podcast.files import recording_response
from cms.podcast.rules import chapters_json
from cms.podcast.show import Episode
from cms.podcast.views.public import CHAPTERS_TYPE, ways_in
from lms.core.conditional import FOR_ONE, Body, answer

# --- The page --------------------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """Whether one has an address of one's own, and what one can do about it."""
    return address_page(request)


@login_required
@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make an address and show it: this once, since only its digest is kept."""
    token = actions.make_address(request.user)  # type: ignore[arg-type]
    return address_page(request, feed=whole("cms:own_feed", token))


@login_required
@never_cache
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    if actions.revoke_address(request.user):  # type: ignore[arg-type]
        messages.success(request, _("The address is taken back. Whatever used it gets nothing more."))
    return redirect("cms:own_podcast")


def address_page(request: HttpRequest, *, feed: str = "") -> HttpResponse:
    """The page itself; with the address, if one was just made."""
    show = selectors.show(request)
    context = {
        "address": selectors.open_address_of(request.user),  # type: ignore[arg-type]
        "feed": feed,
        "ways_in": ways_in(feed),
        "has_podcast": show is not None and visitor_of(request).may_see(show.access),
    }
    return render(request, "cms/podcast/own.html", context)


# --- What the address leads to ---------------------------------------------------------------------------------------

View = Callable[..., HttpResponseBase]


def by_token(view: View) -> View:
    """The view gets the address the token belongs to. Nothing it answers is kept by a cache or listed by a robot."""

    @wraps(view)
    def asked(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        found = selectors.address_for(token)
        if found is None:
            raise Http404
        response = view(request, found, token=token, **kwargs)
        actions.note_use(found)
        response["Cache-Control"] = FOR_ONE
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return require_safe(asked)


@by_token
def feed(request: HttpRequest, owner: FeedAddress, *, token: str) -> HttpResponseBase:
    """The podcast with every episode its owner may hear."""
    visitor = visitor_for(owner.user)
    show = selectors.show_or_404(request, visitor)
    xml = podcast_xml(show, show.for_visitor(visitor), token=token, seed=owner.token_digest)
    return answer(request, Body.of(xml, CONTENT_TYPE), cache_control=FOR_ONE)


@by_token
def recording(request: HttpRequest, owner: FeedAddress, *, token: str, pk: int, name: str) -> HttpResponseBase:
    """An episode's sound or film, by range."""
    episode = _episode_or_404(request, owner, pk)
    if name != episode.recording.name:
        raise Http404
    return recording_response(request, episode)


@by_token
def captions(request: HttpRequest, owner: FeedAddress, *, token: str, pk: int) -> HttpResponseBase:
    """An episode's captions as WebVTT."""
    episode = _episode_or_404(request, owner, pk)
    if not episode.has_captions:
        raise Http404
    text = selectors.captions_of(episode)
    return answer(request, Body.of(text.encode(), "text/vtt; charset=utf-8"), cache_control=FOR_ONE)


@by_token
def chapters(request: HttpRequest, owner: FeedAddress, *, token: str, pk: int) -> HttpResponseBase:
    """An episode's chapters."""
    episode = _episode_or_404(request, owner, pk)
    content = chapters_json(episode.title, episode.chapters)
    return answer(request, Body.of(json.dumps(content).encode(), CHAPTERS_TYPE), cache_control=FOR_ONE)


def _episode_or_404(request: HttpRequest, owner: FeedAddress, pk: int) -> Episode:
    """An episode its owner may hear today."""
    visitor = visitor_for(owner.user)
    show = selectors.show_or_404(request, visitor)
    episode = next((one for one in show.episodes if one.id == pk), None)
    if episode is None or not episode.is_for(visitor):
        raise Http404
    return episode
