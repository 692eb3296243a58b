"""The files that pages about events show. See `cms.library.shown_by`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q

from cms.access import restrictions_by_path, restrictions_of
from cms.library.rules import named_in
from cms.library.shown_by import Pages, Showing
from cms.models import DelegationPage, WebinarPage
from cms.rules import Access
from lms.events.models import Event

TEXTS: dict[type[WebinarPage] | type[DelegationPage], tuple[str, ...]] = {
    WebinarPage: ("notes",),
    DelegationPage: ("background", "why", "practical", "behind_it"),
}
"""The Markdown of each kind of page: an editor may link to a file there."""
PLAYS: dict[Any, tuple[str, ...]] = {WebinarPage: ("audio_id", "video_id"), DelegationPage: ()}
"""The columns with files that play."""


def showings() -> Iterator[Showing]:
    """Of every published page about an event: whoever sees the event has its files. Six queries."""
    restrictions = restrictions_by_path()
    clusters = _pairs(Event.clusters.through.objects.values_list("event_id", "cluster_id"))
    for model, names in TEXTS.items():
        go_with = _pairs(_beside(model).values_list(f"{model._meta.model_name}_id", "document_id"))
        rows = model.objects.live()
        columns = ("pk", "path", "event_id", "event__visibility", *PLAYS[model])
        for row in rows.values(*columns, *names):
            documents = {row[column] for column in PLAYS[model]} - {None}
            documents |= go_with[row["pk"]].union(*(named_in(row[name]) for name in names))
            event = row["event_id"]
            within = restrictions_of(row["path"], restrictions)
            yield Showing(
                frozenset(documents),
                Access(row["event__visibility"], frozenset(clusters[event]), within, event=event),
            )


def uses(documents: Collection[int]) -> Iterable[tuple[int, str]]:
    """(document id, page title) of every page with one of these documents, drafts too. Five queries."""
    wanted = set(documents)
    played = WebinarPage.objects.filter(Q(audio__in=wanted) | Q(video__in=wanted))
    for title, *ids in played.values_list("title", *PLAYS[WebinarPage]):
        yield from ((pk, title) for pk in wanted & set(ids))
    for model, names in TEXTS.items():
        yield from (
            _beside(model).filter(document_id__in=wanted).values_list("document_id", f"{model._meta.model_name}__title")
        )
        for title, *texts in model._default_manager.values_list("title", *names):
            yield from ((pk, title) for pk in wanted & set().union(*map(named_in, texts)))


def _beside(model: Any) -> Any:
    return model.documents.through.objects


def _pairs(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in rows:
        found[one].add(other)
    return found


PAGES = Pages(showings, uses)
