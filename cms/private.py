"""Wagtail's private pages in views of our own: who may enter, and Wagtail's own answer to whoever may not."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from cms.access import visitor_of
from cms.rules import Restriction


def may_view(request: HttpRequest, restrictions: Sequence[Restriction]) -> bool:
    """Whether this person meets all restrictions. No query where there are none."""
    return not restrictions or visitor_of(request).meets(restrictions)


def refusal(request: HttpRequest, restrictions: Sequence[Restriction], page_id: int | None) -> HttpResponse | None:
    """The form for the password, or the way to sign in, for somebody who may not see a private page; else None."""
    if page_id is None or may_view(request, restrictions):
        return None
    page = Page.objects.get(pk=page_id).specific
    answer: HttpResponse = check_view_restrictions(_refused)(page, request, [], {})
    return answer


def _refused(_page: Page, _request: HttpRequest, _args: list[object], _kwargs: dict[str, object]) -> HttpResponse:
    raise Http404  # Wagtail would let them in where we would not: a page changed in this very moment
