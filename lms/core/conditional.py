"""Answers that a program fetches again and again: with an ETag and a date, so that it need not fetch what it has."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

ASK_AGAIN = "no-cache"
"""Anybody may keep it, and asks whether it is still so before showing it: what is taken back is gone at once."""
FOR_ONE = "private, no-store"


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
    content = b"" if request.method == "HEAD" else body.content
    response = HttpResponse(content, content_type=body.content_type)
    response["Content-Length"] = str(len(body.content))
    response["ETag"] = body.etag
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    if body.changed:
        response["Last-Modified"] = http_date(body.changed)
    conditional: HttpResponseBase | None = get_conditional_response(
        request, etag=body.etag, last_modified=body.changed, response=response
    )
    return response if conditional is None else conditional
