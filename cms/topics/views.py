"""Topics, a topic's hub, and the filtered lists: masterclasses and the library."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from cms.findable import Item, items_for
from cms.models import MasterclassesPage, WebinarsPage
from cms.private import refusal
from cms.rules import IN_LIBRARY, Kind
from cms.topics import selectors
from cms.topics.rules import Facet, Found, arranged, find
from cms.topics.selectors import KIND, LANGUAGE, LEVEL, ShownTopic, topic_facet

COUNTED: Mapping[str, Promise] = {
    Kind.MASTERCLASS: ngettext_lazy("%(count)d masterclass", "%(count)d masterclasses", "count"),
    Kind.WEBINAR: ngettext_lazy("%(count)d webinar", "%(count)d webinars", "count"),
    Kind.RECORDING: ngettext_lazy("%(count)d recording", "%(count)d recordings", "count"),
    Kind.COURSE: ngettext_lazy("%(count)d course", "%(count)d courses", "count"),
    Kind.DOCUMENT: ngettext_lazy("%(count)d document", "%(count)d documents", "count"),
    Kind.REPORT: ngettext_lazy("%(count)d report", "%(count)d reports", "count"),
    Kind.GUIDELINE: ngettext_lazy("%(count)d guideline", "%(count)d guidelines", "count"),
    Kind.STANDARD: ngettext_lazy("%(count)d standard", "%(count)d standards", "count"),
    Kind.LAW: ngettext_lazy("%(count)d law", "%(count)d laws", "count"),
    Kind.OFFER: ngettext_lazy("%(count)d offer", "%(count)d offers", "count"),
}


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic, with what it holds for the one who asks."""
    rows = told(selectors.topics(request), items_for(request))
    return render(request, "cms/topics.html", {"rows": rows})


def told(topics: Sequence[ShownTopic], items: Sequence[Item]) -> list[dict[str, Any]]:
    """Each topic with what it holds, in words: “3 masterclasses”, “1 course”."""
    return [
        {"topic": topic, "holds": [COUNTED[kind] % {"count": count} for kind, count in counts.items()]}
        for topic, counts in selectors.counted(topics, items)
    ]


def front_page(request: HttpRequest) -> SafeString:
    """The topics for the front page, which is the same for everybody: what is open to everybody is counted."""
    rows = told(selectors.topics(request), selectors.open_to_everybody(request))
    return render_to_string("cms/_topics.html", {"rows": rows}) if rows else SafeString()


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's hub: everything that stands under it."""
    found = next((one for one in selectors.topics(request) if one.slug == slug), None)
    if found is None:
        raise Http404
    items = [item for item in items_for(request) if found.id in item.topics]
    context = {
        "topic": found,
        "offers": [item for item in items if item.kind == Kind.OFFER],
        "crumbs": [(_("Scale Clinic"), reverse("cms:topics")), (found.title, "")],
    }
    facets = (KIND, LEVEL, LANGUAGE)
    return filtered(request, "cms/topic.html", arranged(items, timezone.localdate()), facets, context)


@require_safe
def masterclasses(request: HttpRequest, page: MasterclassesPage | None = None) -> HttpResponse:
    """All masterclasses. `page` is the list's page being previewed."""

    def filled(context: dict[str, Any]) -> HttpResponse:
        return _list(request, "cms/masterclasses_page.html", context, lambda item: item.kind == Kind.MASTERCLASS)

    return _kept_list(request, page, MasterclassesPage, filled)


@require_safe
def webinars(request: HttpRequest, page: WebinarsPage | None = None) -> HttpResponse:
    """Webinars to come, the next one first, then the recordings. `page` is the list's page being previewed."""

    def filled(context: dict[str, Any]) -> HttpResponse:
        items = [item for item in items_for(request) if item.key.startswith("webinar-")]
        facets = (KIND, topic_facet(selectors.topics(request)), LEVEL, LANGUAGE)
        listed = arranged(items, timezone.localdate())
        return filtered(request, "cms/webinars_page.html", listed, facets, context)

    return _kept_list(request, page, WebinarsPage, filled)


def _kept_list(
    request: HttpRequest,
    page: selectors.KeptList | None,
    model: type[selectors.KeptList],
    filled: Callable[[dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """A list whose words are those of a page that editors keep, for those who may see that page."""
    shown = selectors.as_list_page(page) if page else selectors.list_page(request, model)
    if shown is None:
        raise Http404
    if page is None and (refused := refusal(request, shown.restrictions, shown.id)):
        return refused
    response = filled({"page": shown})
    if shown.restrictions:
        add_never_cache_headers(response)
    return response


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The library: documents, reports, guidelines, standards, laws."""
    return _list(request, "cms/library.html", {}, lambda item: item.kind in IN_LIBRARY, KIND)


def _list(
    request: HttpRequest, template: str, context: dict[str, Any], belongs: Callable[[Item], bool], *more: Facet[Item]
) -> HttpResponse:
    items = [item for item in items_for(request) if belongs(item)]
    facets = (*more, topic_facet(selectors.topics(request)), LEVEL, LANGUAGE)
    return filtered(request, template, items, facets, context)


def filtered(
    request: HttpRequest, template: str, items: Sequence[Item], facets: Sequence[Facet[Item]], context: dict[str, Any]
) -> HttpResponse:
    """A page with a filtered list; to htmx, the list alone, which is the same fragment."""
    return answer(request, template, find(items, request.GET, facets, path=request.path), context)


def answer(
    request: HttpRequest, template: str, found: Found[Any], context: dict[str, Any], fragment: str = "cms/_found.html"
) -> HttpResponse:
    """The page around `found`; to htmx, the `fragment` that shows `found` alone."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    part = bool(htmx) and not htmx.history_restore_request
    response = render(request, fragment if part else template, {**context, "found": found})
    patch_vary_headers(response, ["HX-Request"])
    return response
