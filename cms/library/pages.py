"""The files that this app's own pages show: masterclasses, plain pages, front pages."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from cms.access import restrictions_by_path, restrictions_of
from cms.library.rules import named_in
from cms.library.shown_by import Pages, Showing
from cms.models import HomePage, MasterclassPage, StandardPage
from cms.rules import Access, Restriction

Restrictions = Sequence[tuple[str, Restriction]]


def showings() -> Iterator[Showing]:
    """Of every published page. Six queries."""
    restrictions = restrictions_by_path()
    yield from _masterclasses(restrictions)
    for path, text in _texts():
        if named := named_in(text):
            yield Showing(frozenset(named), Access(restrictions=restrictions_of(path, restrictions)))


def _masterclasses(restrictions: Restrictions) -> Iterator[Showing]:
    go_with = _related(MasterclassPage.documents.through, "document_id")
    clusters = _related(MasterclassPage.clusters.through, "cluster_id")
    rows = MasterclassPage.objects.live().values_list("pk", "path", "audience", "audio_id", "video_id", "notes_html")
    for pk, path, audience, audio, video, notes in rows:
        documents = ({audio, video} - {None}) | go_with[pk] | named_in(notes)
        access = Access(audience, frozenset(clusters[pk]), restrictions_of(path, restrictions))
        yield Showing(frozenset(documents), access)


def _related(through: type, column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for page, other in through.objects.values_list("masterclasspage_id", column):  # type: ignore[attr-defined]
        found[page].add(other)
    return found


def _texts() -> Iterator[tuple[str, str]]:
    """(path, text) of published plain pages and front pages: editors may link to a file in their Markdown."""
    yield from StandardPage.objects.live().values_list("path", "body_html")
    for page in HomePage.objects.live():
        yield page.path, json.dumps(page.sections.get_prep_value(), cls=DjangoJSONEncoder)


def uses(documents: Collection[int]) -> Iterable[tuple[int, str]]:
    """(document id, page title) of every page with one of these documents, drafts too. Four queries."""
    wanted = set(documents)
    for title, *ids in MasterclassPage.objects.filter(Q(audio__in=wanted) | Q(video__in=wanted)).values_list(
        "title", "audio_id", "video_id"
    ):
        yield from ((pk, title) for pk in wanted & set(ids))
    go_with = MasterclassPage.documents.through.objects.filter(document_id__in=wanted)
    yield from go_with.values_list("document_id", "masterclasspage__title")
    yield from _linked(StandardPage.objects.values_list("title", "body_html"), wanted)
    yield from _linked(MasterclassPage.objects.values_list("title", "notes"), wanted)


def _linked(rows: Iterable[tuple[str, str]], wanted: set[int]) -> Iterator[tuple[int, str]]:
    for title, text in rows:
        yield from ((pk, title) for pk in wanted & named_in(text))


PAGES = Pages(showings, uses)
