"""Pages of higher apps that present an event: a webinar's, a delegation's. They register from `AppConfig.ready()`."""

from collections.abc import Callable

from django.http import HttpRequest

Presenter = Callable[[HttpRequest, int], str | None]
"""The address of the page that presents the event with this id, in the request's language; None where there is none."""

_presenters: list[Presenter] = []


def register(presenter: Presenter) -> None:
    """Registering the same presenter again changes nothing."""
    if presenter not in _presenters:
        _presenters.append(presenter)


def address_of(request: HttpRequest, event_id: int) -> str | None:
    """Where the event is presented; None: on its own plain page."""
    return next((found for presenter in _presenters if (found := presenter(request, event_id))), None)
