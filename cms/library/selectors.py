"""Reads of the library: who may have a document, what uses it, how often it was fetched, what can be found."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection as Folder
from wagtail.models import CollectionViewRestriction

from cms.findable import Item, Passage
from cms.library import shown_by
from cms.library.rules import file_words, opens, published_words
from cms.models import Document, DownloadDay
from cms.published import current_version, published
from cms.rules import Access, Restriction, Visitor

MONTHS_COUNTED = timedelta(days=365)


# --- Who may have it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """Built once per content version: the ways to each file that a published page shows, and the collections."""

    ways: dict[int, tuple[Access, ...]]
    collections: dict[int, Folder]


def shelf() -> Shelf:
    """As published now. One query while nothing is published."""
    now = cast(HttpRequest, SimpleNamespace(content_version=current_version()))
    return published(now, "documents shown", _build)


def _build() -> Shelf:
    ways: dict[int, set[Access]] = defaultdict(set)
    for part in shown_by.parts():
        for showing in part.showings():
            for document in showing.documents:
                ways[document].add(showing.access)
    return Shelf({pk: tuple(found) for pk, found in ways.items()}, Folder.objects.in_bulk())


def ways_to(document: Document) -> tuple[Access, ...]:
    """The ways to a document: its own audience, else the pages that show it. One query at most, when warm."""
    if document.audience != Document.PAGES:
        return (document.access(),)
    shown = shelf()
    if kept := shown.collections.get(document.collection_id):
        document.collection = kept  # Wagtail asks it next: that is a query less for every document fetched
    return shown.ways.get(document.pk, ())


def may_have(document: Document, visitor: Visitor) -> bool:
    """Whether somebody may have a document's bytes, also where there is no session: a feed's token, a task.

    It holds the document's audience or pages and the privacy of its Wagtail collection; a collection's password can
    only be given in a session, so to this such a collection is shut. Three queries at most.
    """
    return opens(ways_to(document), visitor) and visitor.meets(collection_restrictions(document))


def collection_restrictions(document: Document) -> tuple[Restriction, ...]:
    """The privacy of the Wagtail collections a document stands in."""
    path = document.collection.path
    rows = _restrictions(CollectionViewRestriction.objects.filter(collection__in=_above(path)))
    return tuple(restriction for _path, restriction in rows)


def _above(path: str) -> QuerySet[Folder]:
    paths = [path[:end] for end in range(Folder.steplen, len(path) + 1, Folder.steplen)]
    return cast("QuerySet[Folder]", Folder.objects.filter(path__in=paths))


def _restrictions(rows: QuerySet[CollectionViewRestriction]) -> list[tuple[str, Restriction]]:
    """(path, restriction). Ids are negative, so that no page's password opens a collection with the same number."""
    found: dict[int, tuple[str, str, set[int]]] = {}
    for pk, path, kind, group in rows.values_list("pk", "collection__path", "restriction_type", "groups"):
        found.setdefault(pk, (path, kind, set()))[2].update({group} - {None})
    return [(path, Restriction(-pk, kind, frozenset(groups))) for pk, (path, kind, groups) in found.items()]


# --- What uses it, and how often it is fetched -----------------------------------------------------------------------


def uses(documents: Collection[int]) -> dict[int, list[str]]:
    """The titles of the pages that have each of these documents, drafts too. A fixed number of queries."""
    found: dict[int, set[str]] = defaultdict(set)
    for part in shown_by.parts():
        for pk, title in part.uses(documents):
            found[pk].add(title)
    return {pk: sorted(titles) for pk, titles in found.items()}


def downloads(documents: Collection[int]) -> dict[int, int]:
    """How often each was fetched in the last twelve months. One query."""
    since = timezone.localdate() - MONTHS_COUNTED
    days = DownloadDay.objects.filter(document__in=documents, day__gt=since).order_by()
    return dict(days.values_list("document").annotate(total=Sum("count")))


def without_preview() -> QuerySet[Document]:
    """PDFs of which no preview was tried since their file came."""
    untried = Q(file_hash="", preview_of="") | (~Q(file_hash="") & ~Q(preview_of=F("file_hash")))
    is_pdf = Q(file__iendswith=".pdf") | (Q(media_type="application/pdf") & ~Q(file=""))
    return Document.objects.filter(untried, is_pdf).order_by("pk")


# --- What can be found -----------------------------------------------------------------------------------------------


def entry(pk: int) -> Document | None:
    """A library entry with its topics and clusters. Three queries."""
    entries = Document.objects.exclude(kind=Document.FILE).select_related("collection")
    return entries.prefetch_related("topics", "clusters").filter(pk=pk).first()


def items(_language: str) -> Iterator[Item]:
    """Every library entry, for `cms.findable`. Four queries."""
    entries = Document.objects.exclude(kind=Document.FILE).select_related("collection")
    entries = entries.prefetch_related("topics", "clusters")
    restrictions = _restrictions(CollectionViewRestriction.objects.all()) if entries else []
    for document in entries:
        own, path = document.access(), document.collection.path
        folder = tuple(one for root, one in restrictions if path.startswith(root))
        yield Item(
            key=f"document-{document.pk}",
            kind=document.kind,
            title=document.title,
            summary=document.summary,
            url=reverse("cms:library_entry", args=[document.pk]),
            language=document.language,
            topics=frozenset(topic.pk for topic in document.topics.all()),
            level=document.level,
            date=date(document.year, 1, 1) if document.year else timezone.localdate(document.created_at),
            size=size_words(document),
            access=Access(own.audience, own.clusters, folder),
        )


def passages(_language: str) -> Iterator[tuple[str, Passage]]:
    """What an entry says of itself, for search. One query."""
    rows = Document.objects.exclude(kind=Document.FILE).order_by("pk")
    for pk, summary, publisher, edition in rows.values_list("pk", "summary", "publisher", "edition"):
        for text in (summary, published_words(publisher, None, edition)):
            if text:
                yield f"document-{pk}", Passage(text)


def size_words(document: Document) -> str:
    """“PDF, 4 pages” of a file, “Publisher, 2023” of a link."""
    if document.file:
        return file_words(document.file_extension, document.pages)
    return published_words(document.publisher, document.year)


def language_name(code: str) -> str:
    """A language in the words of the active one."""
    return str(dict(settings.LANGUAGES).get(code, code))
