"""Files from our own process, by byte range: Wagtail's documents, and media where no proxy sends them."""

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_http_date
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from lms.core.ranges import range_response

KEPT_ELSEWHERE = ("documents", "previews")
"""Folders with an address of their own, where who asks is checked. Some file systems take them in capitals, too."""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT by byte range. Pictures, sound, film, PDF and captions open; the rest is a download."""
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        place = (root / path).resolve()
        found = place.is_relative_to(root) and place.is_file()
    except (OSError, ValueError):  # a name too long, or with a null byte
        found = False
    if not found or place.relative_to(root).parts[0].casefold() in KEPT_ELSEWHERE:
        raise Http404("No such file.")
    return file_response(request, place, filename=place.name)


def file_response(request: HttpRequest, place: Path, *, filename: str) -> HttpResponseBase:
    """The file under the name people know, with a type that follows from that name."""
    content_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    about = place.stat()
    response = range_response(
        request,
        file=place.open("rb"),
        size=about.st_size,
        content_type=content_type,
        etag=f"{about.st_mtime_ns:x}-{about.st_size:x}",
        last_modified=datetime.fromtimestamp(about.st_mtime, UTC),
        filename=filename,
        attachment=not may_be_shown(content_type),
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_be_shown(content_type: str) -> bool:
    """Whether a browser may open the type in the page. SVG may not: it can carry script."""
    kind = content_type.partition("/")[0]
    shown = kind in ("image", "audio", "video") or content_type in ("application/pdf", "text/vtt")
    return shown and content_type != "image/svg+xml"


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """Wagtail decides who gets a document; a file on this machine we send by range, so that players can seek."""
    response = serve(request, str(document_id), filename)
    if not isinstance(response, FileResponse) or response.status_code != 200:
        return response  # refused, a password form, not modified, or handed to the proxy or the object store
    file = response.file_to_stream
    place = Path(getattr(file, "name", ""))
    if file is None or not place.is_file():
        return response
    file.close()  # not the response: that would announce the end of the request
    ranged = range_response(
        request,
        file=place.open("rb"),
        size=place.stat().st_size,
        content_type=response["Content-Type"],
        etag=response["ETag"],
        last_modified=datetime.fromtimestamp(parse_http_date(response["Last-Modified"]), UTC),
    )
    for name in ("Content-Disposition", "Content-Security-Policy"):
        if name in response:
            ranged[name] = response[name]
    return ranged
