"""Which view shows a page type, for page types whose room stands above the models.

A room names its view from `CmsConfig.ready()`; the model's `serve` calls it, so Wagtail's routing, private pages,
previews and redirects all lead to the same view.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

View = Callable[[HttpRequest, Page], HttpResponse]
_views: dict[type[Page], View] = {}


def show(model: type[Page], view: Callable[..., HttpResponse]) -> None:
    """Pages of this type are shown by `view(request, page)`. Naming another one replaces it."""
    _views[model] = view


def response_for(request: HttpRequest, page: Page) -> HttpResponse:
    """The page as its view shows it; in a preview, `request.is_preview` is set and `page` need not be saved."""
    return _views[type(page)](request, page)
