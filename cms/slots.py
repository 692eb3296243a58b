"""Places on these pages that an app above this one fills, so that cms need not know it.

The app registers a function from its `AppConfig.ready()`; the function gets the request and returns HTML that is the
same for everybody who reads that language. What it returns is kept until something is published; what follows the
clock, such as the events that are coming, is registered as `live` and asked for anew each time.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Provider = Callable[[HttpRequest], SafeString]
_providers: dict[str, Provider] = {}
_live: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Fill the place called `name`. Registering again replaces: apps may be loaded twice in tests."""
    _providers[name] = provider


def render(name: str, request: HttpRequest) -> SafeString:
    """The HTML for that place; empty where no app fills it."""
    provider = _providers.get(name)
    return provider(request) if provider else SafeString()


def register_live(name: str, provider: Provider) -> None:
    """Fill the live place called `name`. Registering again replaces."""
    _live[name] = provider


def render_live(name: str, request: HttpRequest) -> SafeString:
    """The HTML for that live place, as of now; empty where no app fills it."""
    provider = _live.get(name)
    return provider(request) if provider else SafeString()
