"""Answers that a program fetches again and again: with an ETag and a date, so that it need not fetch what it has."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

ASK_AGAIN = "no-cache"
"""Anybody may keep it, and asks whether it is still so before showing it: what is taken back is gone at once."""
FOR_ONE = "private, no-store"
ONE_ASKS_AGAIN = "private, no-cache"
"""Only the program it was made for may keep it, and asks whether it is still so."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, with its strong ETag. `changed` is in seconds since 1970, None where nobody can say."""

    content: bytes
    content_type: str
    etag: str
    changed: int | None

    @classmethod
    def of(cls, content: bytes, content_type: str, changed: int | None = None) -> "Body":
        return cls(content, content_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"', changed)


def answer(request: HttpRequest, body: Body, *, cache_control: str = ASK_AGAIN) -> HttpResponseBase:
    """The whole body (200), or “you have it” (304); to HEAD the headers alone."""
    return answer_made(
        request,
        lambda: body.content,
        content_type=body.content_type,
        etag=body.etag,
        changed=body.changed,
        cache_control=cache_control,
    )


def answer_made(
    request: HttpRequest,
    make: Callable[[], bytes],
    *,
    content_type: str,
    etag: str,
    changed: int | None,
    cache_control: str,
) -> HttpResponseBase:
    """As `answer`, of a body that is made only for somebody who does not have it. `etag` is in its quotes."""
    response = HttpResponse(content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    if changed:
        response["Last-Modified"] = http_date(changed)
    conditional: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=changed, response=response
    )
    if conditional is not None and conditional is not response:
        return conditional
    content = make()
    response["Content-Length"] = str(len(content))
    if request.method != "HEAD":
        response.content = content
    return response
