"""What stands around every page: menu and footer, as a context processor."""

from typing import Any

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    return {}
