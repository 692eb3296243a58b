"""Sections of a company's page that other rooms fill: its path, its seats.

They register from `AppConfig.ready()`: a function of the request and the team that gives the finished section, or
nothing where the company has nothing of it.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from courses.team.selectors import Team

Provider = Callable[[HttpRequest, Team], SafeString]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Registering the same provider again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def collect(request: HttpRequest, team: Team) -> list[SafeString]:
    """What the registered rooms show, in the order they registered."""
    return [section for provider in _providers if (section := provider(request, team))]
