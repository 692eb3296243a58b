"""Documents through the proxy: Wagtail checks who may have one, nginx sends the bytes (`X_ACCEL_PREFIX`)."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def sendfile(request: HttpRequest, filename: str, **kwargs: Any) -> HttpResponse:
    """A response without a body that names the file to nginx. Wagtail adds type and disposition."""
    place = Path(filename).relative_to(settings.MEDIA_ROOT)
    return HttpResponse(headers={"X-Accel-Redirect": settings.X_ACCEL_PREFIX + quote(place.as_posix())})
