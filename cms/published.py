"""What editors publish, built once per process and content version. See PERFORMANCE recipe 1 in docs/decisions/0006-caches.md."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

T = TypeVar("T")
_memory: dict[Hashable, tuple[int, Any]] = {}


def current_version() -> int:
    """The content version; one short SELECT."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM cms_contentversion")
        row = cursor.fetchone()
    return row[0] if row else 0


def published(request: HttpRequest, name: Hashable, build: Callable[[], T]) -> T:
    """`build()`'s result, kept until something is published. `name` carries language and site where they matter.

    The version is read before the data is: a racing reader may build twice, and never keeps old data.
    """
    version = int(getattr(request, "content_version", None) or current_version())
    hit = _memory.get(name)
    if hit is None or hit[0] != version:
        hit = _memory[name] = (version, build())
    return hit[1]


def bump() -> None:
    """Say that published content changed. In the same transaction as the change."""
    from cms.models import ContentVersion

    if not ContentVersion.objects.update(n=models.F("n") + 1):
        ContentVersion.objects.create(n=1)


class ContentVersionMiddleware:
    """Gives every request a lazy `content_version`, read at most once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.content_version = SimpleLazyObject(current_version)  # type: ignore[attr-defined]
        return self.get_response(request)
