"""What players and podcast programs fetch of a masterclass."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.access import visitor_of
from cms.conditional import ASK_AGAIN, FOR_ONE, Body, answer
from cms.podcast.selectors import masterclass_or_404


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The captions as WebVTT, for whoever may see the page."""
    page, access = masterclass_or_404(visitor_of(request), pk)
    if not page.captions:
        raise Http404
    body = Body.of(page.captions.encode(), "text/vtt; charset=utf-8")
    return answer(request, body, cache_control=ASK_AGAIN if access.is_open else FOR_ONE)
