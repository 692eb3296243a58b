"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.http import require_safe

from cms.search import selectors
from cms.search.rules import asked
from cms.topics.rules import find
from cms.topics.selectors import KIND, LANGUAGE, topic_facet
from cms.topics.selectors import topics as all_topics


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the visitor may see that answers `q`; filters as on every list. To htmx, the list alone."""
    text = asked(request.GET.get("q", ""))
    hits = selectors.hits(request, text)
    facets = (KIND, topic_facet(all_topics(request)), LANGUAGE)
    found = find(hits.items, request.GET, facets, path=request.path, kept=[("q", text)] if text else [])
    context = {
        "text": text,
        "found": found,
        "hits": selectors.shown(request, found.page.object_list, hits.asked),
        "some": not hits.whole,
        "topics": all_topics(request),
    }
    part = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "cms/_answers.html" if part else "cms/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response
