"""Who may open what: people, courses, lessons that ask for a start first."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

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


def keep_private(response: HttpResponse, restrictions: Sequence[Restriction]) -> HttpResponse:
    """No cache keeps a private page."""
    if restrictions:
        add_never_cache_headers(response)
    return response
