"""What readers get from the library: files, previews, and a page for each entry."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.access import visitor_of
from cms.library import actions, selectors
from cms.library.rules import is_download, opens, published_words
from cms.models import Document
from cms.rules import ANYBODY, Audience, Kind
from lms.core import views as files


def admit(document: Document, request: HttpRequest) -> None:
    """Wagtail asks this before it serves a document, at whichever address. Not open to who asks: Http404.

    The privacy of collections is Wagtail's own, asked after this.
    """
    if not document.file:
        raise Http404("This entry is a link.")
    ways = selectors.ways_to(document)
    request._open_document = opens(ways, ANYBODY)  # type: ignore[attr-defined]
    if not request._open_document and not opens(ways, visitor_of(request)):  # type: ignore[attr-defined]
        raise Http404("This document is not open to who asks.")


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document's file for those who may have it, by range; a download is counted."""
    response = files.document(request, document_id, filename)
    if response.status_code in (200, 206, 304) and "Cache-Control" not in response:
        # Asked anew each time: tomorrow the page that opened it may be gone. No proxy keeps what is not for all.
        response["Cache-Control"] = "no-cache" if request._open_document else "private, no-cache"  # type: ignore[attr-defined]
    if (
        is_file(response)
        and is_download(
            method=request.method or "",
            status=response.status_code,
            asked=request.headers.get("Range", ""),
            sent=response.get("Content-Range", ""),
            handed_over="X-Accel-Redirect" in response,
        )
        and not getattr(request.user, "is_staff", False)
    ):
        actions.count_download(document_id, timezone.localdate())
    return response


def is_file(response: HttpResponseBase) -> bool:
    """Whether the answer is the file, by us or by the proxy: a collection's password form is an answer of 200, too."""
    return "Content-Disposition" in response


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a document's first page, for those who may have the document."""
    shown = get_object_or_404(Document.objects.select_related("collection").exclude(preview=""), pk=pk)
    if shown.preview_of != shown.file_hash:
        raise Http404("The file was replaced; its preview is being made.")
    mine, everybodys = open_to(request, shown)
    if not mine:
        raise Http404("This document is not open to who asks.")
    tag = quote_etag(shown.preview_of)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        with shown.preview.open("rb") as picture:
            response = HttpResponse(picture.read(), content_type="image/webp")
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=300" if everybodys else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def open_to(request: HttpRequest, shown: Document) -> tuple[bool, bool]:
    """Whether a document is open to who asks, and to everybody: by its audience and by its collection's privacy."""
    ways = selectors.ways_to(shown)
    restrictions = list(shown.collection.get_view_restrictions())
    if not restrictions and opens(ways, ANYBODY):
        return True, True
    admitted = opens(ways, visitor_of(request))
    return admitted and all(one.accept_request(request) for one in restrictions), False


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a library entry. Somebody signed out may sign in for one that is not for everyone; else 404."""
    found = selectors.entry(pk)
    if found is None:
        raise Http404("No such entry.")
    mine, everybodys = open_to(request, found)
    if not mine:
        if request.user.is_authenticated:
            raise Http404("This entry is not open to who asks.")
        return redirect_to_login(request.get_full_path())
    context = {
        "entry": found,
        "kind": Kind(found.kind).label,
        "published": published_words(found.publisher, found.year, found.edition),
        "language_name": selectors.language_name(found.language),
        "file_words": file_words_of(found),
        "host": (urlsplit(found.link).hostname or "").removeprefix("www."),
        "audience": audience_words(found),
        "has_preview": bool(found.preview) and found.preview_of == found.file_hash,
        "crumbs": [(_("Library"), ""), (found.title, "")],
    }
    response = render(request, "cms/library/entry.html", context)
    if not everybodys:
        response["Cache-Control"] = "private, no-cache"
    return response


def file_words_of(shown: Document) -> str:
    """“PDF, 4 pages, 120 kB”; nothing for a link."""
    if not shown.file:
        return ""
    words = [selectors.size_words(shown)]
    if shown.file_size:
        words.append(filesizeformat(shown.file_size))
    return ", ".join(word for word in words if word)


def audience_words(shown: Document) -> str:
    """Who may have an entry, where that is not everyone."""
    if shown.audience == Audience.MEMBERS:
        return _("Members: people who belong to a company here")
    if shown.audience == Audience.CLUSTERS:
        names = ", ".join(sorted(cluster.name for cluster in shown.clusters.all()))
        return _("Members of %(clusters)s") % {"clusters": names}
    return ""
