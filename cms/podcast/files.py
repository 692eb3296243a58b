"""The bytes of an episode for somebody whose right to them was checked: by us, by nginx, or by the object store."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from cms.models import Document
from cms.podcast.show import Episode
from lms.core.accel import sendfile
from lms.core.views import file_response


def recording_response(request: HttpRequest, episode: Episode) -> HttpResponseBase:
    """Sound or film by range; 404 where the file is gone."""
    document = Document.objects.filter(pk=episode.recording.id).first()
    if document is None or not document.file:
        raise Http404
    try:
        place = Path(document.file.path)
    except NotImplementedError:  # an object store: it signs an address that lasts for minutes
        return HttpResponseRedirect(document.file.url)
    if not place.is_file():
        raise Http404
    if settings.X_ACCEL_PREFIX:
        response: HttpResponseBase = sendfile(request, str(place))
    else:
        response = file_response(request, place, filename=episode.recording.name)
    if response.status_code in (200, 206):
        response["Content-Type"] = episode.recording.media_type  # by content, whatever the name says
    return response
