"""Files by byte range (RFC 9110, section 14), so that players can seek: streamed in chunks, never held in memory."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag

CHUNK = 64 * 1024
_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE | re.ASCII)


class Unsatisfiable(Exception):
    """The range asked for lies behind the end of the file."""


def range_response(
    request: HttpRequest,
    *,
    file: BinaryIO,
    size: int,
    content_type: str,
    etag: str,
    last_modified: datetime,
    filename: str | None = None,
    attachment: bool = False,
) -> HttpResponseBase:
    """The whole file (200), the part asked for (206), "nothing changed" (304) or "no such part" (416).

    `file` is open for reading and is closed with the response; `last_modified` is aware. A request for several ranges
    gets the whole file, as the RFC allows. HEAD gets the headers alone.
    """
    tag, stamp = quote_etag(etag), int(last_modified.timestamp())
    conditional = get_conditional_response(request, etag=tag, last_modified=stamp)
    if conditional is not None:
        file.close()
        return conditional
    try:
        part = asked_for(request, size, tag, stamp)
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    start, stop = part or (0, size)
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=content_type, status=206 if part else 200)
    else:
        response = StreamingHttpResponse(
            chunks(file, start, stop), content_type=content_type, status=206 if part else 200
        )
        response._resource_closers.append(file.close)  # type: ignore[attr-defined]  # as Django's FileResponse does
    if part:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Last-Modified"] = http_date(stamp)
    response["X-Content-Type-Options"] = "nosniff"
    if disposition := content_disposition_header(attachment, filename or ""):
        response["Content-Disposition"] = disposition
    return response


def asked_for(request: HttpRequest, size: int, tag: str, stamp: int) -> tuple[int, int] | None:
    """Start and stop (exclusive) of the one range asked for; None for the whole file. Raises Unsatisfiable."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.method not in ("GET", "HEAD"):
        return None
    if (condition := request.headers.get("If-Range")) and condition not in (tag, http_date(stamp)):
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:  # the last so many bytes
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None  # not a range at all: the RFC says to ignore it
    if start >= size or start >= stop:
        raise Unsatisfiable
    return start, stop


def chunks(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` to before `stop`, at most CHUNK at a time."""
    file.seek(start)
    left = stop - start
    while left > 0 and (data := file.read(min(CHUNK, left))):
        left -= len(data)
        yield data
