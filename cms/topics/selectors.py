"""Topics as readers see them, and what filters know: read once per content version and language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, Max, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.access import restrictions_by_path, restrictions_of
from cms.findable import Item, all_items
from cms.models import MasterclassesPage, Topic, WebinarsPage
from cms.published import published
from cms.rules import Kind, Level, Restriction
from cms.topics.rules import Facet, counts_by_kind


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic in the words of the language that is active."""

    id: int
    slug: str
    title: str
    summary: str
    introduction: str
    url: str


KIND: Facet[Item] = Facet("kind", _("Type"), dict(Kind.choices), lambda item: [item.kind])
LEVEL: Facet[Item] = Facet(
    "level",
    _("Level"),
    {level.name.lower(): level.label for level in Level},
    lambda item: [Level(item.level).name.lower()] if item.level else [],
)
LANGUAGE: Facet[Item] = Facet("language", _("Language"), dict(settings.LANGUAGES), lambda item: [item.language])


def topic_facet(topics: Sequence[ShownTopic]) -> Facet[Any]:
    """The filter by topic, in the order editors gave the topics; of anything whose `topics` are ids."""
    slugs = {topic.id: topic.slug for topic in topics}
    return Facet(
        "topic",
        _("Topic"),
        {topic.slug: topic.title for topic in topics},
        lambda item: [slugs[pk] for pk in item.topics if pk in slugs],
    )


def topics(request: HttpRequest) -> tuple[ShownTopic, ...]:
    """Every topic, in order. No query while nothing is published."""
    language = get_language() or settings.LANGUAGE_CODE
    return published(request, ("topics", language), _topics)


def _topics() -> tuple[ShownTopic, ...]:
    return tuple(
        ShownTopic(
            topic.pk,
            topic.slug,
            topic.text("title"),
            topic.text("summary"),
            topic.text("introduction"),
            topic.get_absolute_url(),
        )
        for topic in Topic.objects.all()
    )


def next_place() -> int:
    """The place after the last topic's."""
    highest: int | None = Topic.objects.aggregate(Max("place"))["place__max"]
    return 1 if highest is None else highest + 1


def counted(topics: Iterable[ShownTopic], items: Sequence[Item]) -> list[tuple[ShownTopic, Mapping[str, int]]]:
    """Each topic with how many of each kind it has among `items`."""
    return [(topic, counts_by_kind(item for item in items if topic.id in item.topics)) for topic in topics]


def open_to_everybody(request: HttpRequest) -> list[Item]:
    return [item for item in all_items(request) if item.access.is_open]


# --- Lists of one kind -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ListPage:
    """The words of a list that editors keep as a page. `id` is the page's; `language` the one it is written in."""

    id: int
    title: str
    introduction: str
    seo_title: str
    description: str
    language: str
    restrictions: tuple[Restriction, ...]


KeptList = MasterclassesPage | WebinarsPage


def list_page(request: HttpRequest, model: type[KeptList]) -> ListPage | None:
    """The page of the reader's language, or the default language's; None where neither is published."""
    language = get_language() or settings.LANGUAGE_CODE
    return published(request, ("list-page", model, language), lambda: _list_page(model, language))


def _list_page(model: type[KeptList], language: str) -> ListPage | None:
    rows = model._default_manager.live().select_related("locale").order_by("path")
    pages = {page.locale.language_code: page for page in reversed(rows)}
    page = pages.get(language) or pages.get(settings.LANGUAGE_CODE)
    return as_list_page(page) if page else None


def as_list_page(page: KeptList) -> ListPage:
    return ListPage(
        page.pk or 0,
        page.title,
        page.introduction,
        page.seo_title,
        page.search_description,
        page.locale.language_code,
        restrictions_of(page.path, restrictions_by_path()) if page.path else (),
    )


# --- What rests on a topic -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Use:
    """Things of one sort that stand under a topic, by name; and what the sort is called, one and many."""

    one: str
    many: str
    things: tuple[Model, ...]

    @property
    def names(self) -> list[str]:
        return [str(thing) for thing in self.things]


def topics_with_uses() -> QuerySet[Topic]:
    """The topics, each with `uses`: how many things stand under it, those only a draft names aside."""
    counts = [
        Coalesce(Subquery(rows.values(name).annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        for rows, name in _relations()
    ]
    return Topic.objects.annotate(uses=reduce(add, counts, Value(0)))


def _relations() -> Iterator[tuple[QuerySet[Model], str]]:
    """(rows of the topic that is looked at, the field that names it) of everything that may stand under topics."""
    for relation in Topic._meta.related_objects:
        if relation.many_to_many:
            field: Any = relation.field
            name = field.m2m_reverse_field_name()
            yield field.remote_field.through._default_manager.filter(**{name: OuterRef("pk")}).order_by(), name


def uses_of(topic: Topic) -> list[Use]:
    """Everything that stands under a topic, published or not, newest drafts included. One query for each sort, and one
    more for the drafts of sorts that have them."""
    found = []
    for relation in Topic._meta.related_objects:
        model = relation.related_model
        if not relation.many_to_many or not isinstance(model, type):
            continue
        name = relation.field.name
        things: dict[int, Model] = {thing.pk: thing for thing in model._default_manager.filter(**{name: topic})}
        things |= {thing.pk: thing for thing in _drafts(model) if _names(thing, name, topic)}
        if things:
            ordered = tuple(sorted(things.values(), key=lambda thing: (str(thing), thing.pk)))
            found.append(Use(str(model._meta.verbose_name), str(model._meta.verbose_name_plural), ordered))
    return found


def _drafts(model: type[Model]) -> Iterable[Model]:
    if not hasattr(model, "has_unpublished_changes"):
        return ()
    return model._default_manager.filter(has_unpublished_changes=True).select_related("latest_revision")


def _names(thing: Model, field: str, topic: Topic) -> bool:
    """Whether the newest draft of a page names the topic."""
    revision = getattr(thing, "latest_revision", None)
    return revision is not None and topic.pk in (revision.content.get(field) or ())
