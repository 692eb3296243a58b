"""Under which topics a page is published: what moderation is routed by.

Each part says it of its own types of page from `AppConfig.ready()`; a page of any other type has no topics.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models.fields.json import KeyTransform
from wagtail.models import Page

Topics = Callable[[Sequence[int]], Mapping[int, frozenset[int]]]
"""Ids of pages of one type → ids of their topics; a fixed number of queries. A page without topics may be left out."""

_providers: dict[type[Page], Topics] = {}


def register(model: type[Page], topics: Topics) -> None:
    """Make the topics of a type of page known. Registering again replaces."""
    _providers[model] = topics


def topics_of(pages: Iterable[Page]) -> dict[int, frozenset[int]]:
    """The ids of the topics each page will stand under once it is published, by the page's id."""
    ids = defaultdict(list)
    for page in pages:
        if page.pk and page.specific_class in _providers:
            ids[page.specific_class].append(page.pk)
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for model, of_type in ids.items():
        found.update(_providers[model](of_type))
    return found


def topics_in_drafts(model: type[Page]) -> Topics:
    """For a type of page with a field `topics`: those its latest draft names. Two queries."""

    def topics(ids: Sequence[int]) -> dict[int, frozenset[int]]:
        rows = Page.objects.filter(pk__in=ids, latest_revision__isnull=False)
        drafts = rows.annotate(named=KeyTransform("topics", "latest_revision__content")).values_list("pk", "named")
        found = {pk: frozenset(named or ()) for pk, named in drafts}
        found.update(_published(model, [pk for pk in ids if pk not in found]))
        return found

    return topics


def _published(model: type[Page], ids: Sequence[int]) -> dict[int, frozenset[int]]:
    field = model._meta.get_field("topics")
    column = f"{field.m2m_field_name()}_id"
    found: dict[int, set[int]] = defaultdict(set)
    rows = field.remote_field.through.objects.filter(**{f"{column}__in": ids})
    for page, topic in rows.values_list(column, f"{field.m2m_reverse_field_name()}_id"):
        found[page].add(topic)
    return {page: frozenset(topics) for page, topics in found.items()}
