"""Finding the event an address means, for whoever may see it; what somebody may not see is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from lms.accounts.models import User
from lms.events import selectors
from lms.events.models import Event


def visible_event(request: HttpRequest, pk: int) -> Event:
    return get_object_or_404(selectors.events_visible_to(request.user), pk=pk)


def organised_event(request: HttpRequest, pk: int) -> Event:
    """The event, for its organisers."""
    return get_object_or_404(selectors.events_organised_by(request.user), pk=pk)


def signed_in(request: HttpRequest) -> User:
    """The person who asks; behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
