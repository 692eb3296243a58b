"""The editors' desk: the page behind each panel of their front page, with everything in it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.editorial.panels import BY_NAME
from cms.editorial.selectors import works_on_pages

A_PAGE = 50


@require_safe
def desk(request: HttpRequest, name: str) -> HttpResponse:
    """All rows of the panel of that name. For those who work on pages; Wagtail sends others back to the front page."""
    if not works_on_pages(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    panel = BY_NAME[name]()
    rows = panel.rows(request.user)  # type: ignore[arg-type]
    context: dict[str, Any] = {
        "panel": panel,
        "rows": Paginator(rows, A_PAGE).get_page(request.GET.get("p")),
        "page_title": panel.heading,
        "header_title": panel.heading,
        "breadcrumbs_items": [{"url": "", "label": panel.heading}],
    }
    return render(request, "cms/editorial/desk.html", context)
