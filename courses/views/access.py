"""Who may open what: Wagtail's private pages, and lessons that ask for a start first."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from cms.access import visitor_of
from courses import selectors
from courses.selectors import Course, Place, Restriction
from lms.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person, in views that only those who are signed in reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def course_or_404(request: HttpRequest, slug: str) -> Course:
    found = selectors.outline(request).by_slug.get(slug)
    if found is None:
        raise Http404
    return found


def place_or_404(request: HttpRequest, course: str, module: str, lesson: str) -> Place:
    found = course_or_404(request, course)
    place = found.by_path.get((module, lesson))
    if place is None:
        raise Http404
    return Place(found, place)


def is_sample(place: Place) -> bool:
    """The first lesson of a course is open to everybody."""
    return place.lesson.index == 0


def may_view(request: HttpRequest, restrictions: Sequence[Restriction]) -> bool:
    """Whether this person meets all restrictions. No query where there are none."""
    return not restrictions or visitor_of(request).meets(restrictions)


def refusal(request: HttpRequest, restrictions: Sequence[Restriction], page_id: int | None) -> HttpResponse | None:
    """Wagtail's own answer to somebody who may not see a private page: its form for the password, or signing in."""
    if page_id is None or may_view(request, restrictions):
        return None
    page = Page.objects.get(pk=page_id).specific
    answer: HttpResponse = check_view_restrictions(_refused)(page, request, [], {})
    return answer


def _refused(_page: Page, _request: HttpRequest, _args: list[object], _kwargs: dict[str, object]) -> HttpResponse:
    raise Http404  # Wagtail would let them in where we would not: a page changed in this very moment


def keep_private(response: HttpResponse, restrictions: Sequence[Restriction]) -> HttpResponse:
    """No cache keeps a private page."""
    if restrictions:
        add_never_cache_headers(response)
    return response
