"""Anonymous pages, kept outermost: before session, locale or any other middleware. See docs/decisions/0006-caches.md.

Kept is the answer to a GET without a query, from somebody without a session, messages, a form token or a language of
their own, when nothing in the answer was made for one person. It serves for ten seconds, and no longer than the content
version it was made from: that is compared once a second, and at once when this process published something.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cms.published import bumped_here, current_version, forgetting

SECONDS = 10.0
COMPARED_EVERY = 1.0
MOST_PAGES = 500
MOST_BYTES = 16 * 1024 * 1024
LARGEST_PAGE = 512 * 1024
HARMLESS_VARY = {"cookie", "accept-language", "accept-encoding", "hx-request"}
"""Cookies that matter and htmx requests never get here; the address decides the language; nothing compresses."""

NEVER_KEPT = ("/admin/", "/healthz", "/readyz", "/metrics", "/documents/")
"""Where this cache does not even look: staff's part, what operators ask, files."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    content: bytes
    headers: tuple[tuple[str, str], ...]
    version: int
    until: float


class Pages:
    """The kept pages of this process: bounded in number and bytes, the least recently used go first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.size = 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._version = 0
        self._compared = float("-inf")

    def __len__(self) -> int:
        return len(self._pages)

    def version(self) -> int:
        """The content version, at most a second old."""
        now = self.clock()
        if bumped_here.is_set() or now - self._compared >= COMPARED_EVERY:
            bumped_here.clear()
            self._version, self._compared = current_version(), now
        return self._version

    def get(self, key: Key) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.until <= self.clock():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
        return page if page.version == self.version() else None

    def put(self, key: Key, content: bytes, headers: tuple[tuple[str, str], ...], version: int) -> None:
        if len(content) > LARGEST_PAGE:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = KeptPage(content, headers, version, self.clock() + SECONDS)
            self.size += len(content)
            while len(self._pages) > MOST_PAGES or self.size > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= len(page.content)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size, self._compared = 0, float("-inf")


pages = Pages()
forgetting.append(pages.clear)


class PublicCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.never_kept = (*NEVER_KEPT, settings.STATIC_URL, settings.MEDIA_URL)
        self.cookies_that_matter = frozenset(
            {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"}
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = self.key(request)
        if key is None:
            return self.get_response(request)
        try:
            if page := pages.get(key):
                return HttpResponse(page.content, headers=dict(page.headers))
            version = pages.version()  # before anything is read: what is built now is at least as new
        except DatabaseError:
            return self.get_response(request)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and is_for_everybody(request, response):
            pages.put(key, response.content, tuple(response.items()), version)
        return response

    def key(self, request: HttpRequest) -> Key | None:
        """What the page is kept under; None where the request may not be answered from here."""
        meta = request.META
        if (
            request.method != "GET"
            or meta.get("QUERY_STRING")
            or "HTTP_HX_REQUEST" in meta
            or "HTTP_AUTHORIZATION" in meta
        ):
            return None
        if request.path_info.startswith(self.never_kept) or not self.cookies_that_matter.isdisjoint(request.COOKIES):
            return None
        try:
            return request.scheme or "http", request.get_host().lower(), request.path_info
        except DisallowedHost:
            return None


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether nothing in the answer was made for the one who asked."""
    control = response.get("Cache-Control", "").lower()
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not response.streaming
        and not response.cookies
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        and vary <= HARMLESS_VARY
        and "CSRF_COOKIE" not in request.META  # a form's token was drawn
        and not getattr(request, "_csp_nonce", None)
        and not getattr(request, "is_preview", False)
    )
