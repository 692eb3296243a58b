"""Sections that other rooms fill: on a company's page its path and its seats, on a colleague's their certificates.

They register from `AppConfig.ready()`: a function of the request and what the page is about that gives the finished
section, or nothing where there is nothing of it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.safestring import SafeString

from courses.team.selectors import Team
from lms.accounts.models import Membership

T = TypeVar("T")


class Sections(Generic[T]):
    """The sections of one kind of page."""

    def __init__(self) -> None:
        self._providers: list[Callable[[HttpRequest, T], SafeString]] = []

    def register(self, provider: Callable[[HttpRequest, T], SafeString]) -> None:
        """Registering the same provider again changes nothing."""
        if provider not in self._providers:
            self._providers.append(provider)

    def collect(self, request: HttpRequest, about: T) -> list[SafeString]:
        """What the registered rooms show, in the order they registered."""
        return [section for provider in self._providers if (section := provider(request, about))]


of_company: Sections[Team] = Sections()
of_colleague: Sections[Membership] = Sections()
"""`membership.company` and `membership.user` are there. What is shown must be the company's business."""
