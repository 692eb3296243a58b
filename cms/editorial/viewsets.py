"""Masterclasses in the editors' part: all of them in one list, with what an editor looks for."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import WorkflowState

from cms.editorial import selectors
from cms.editorial.panels import missing
from cms.editorial.topics import topics_of
from cms.models import MasterclassPage, Topic
from cms.rules import Level

STATES = [
    ("live", _("Published")),
    ("draft", _("Not published")),
    ("review", _("Waits for a moderator")),
    ("changes", _("Changes asked for")),
]


class StateFilter(ChoiceFilter):
    """By what an editor calls the state of a page."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value in {"live", "draft"}:
            return qs.filter(live=value == "live")
        if value in {"review", "changes"}:
            status = WorkflowState.STATUS_IN_PROGRESS if value == "review" else WorkflowState.STATUS_NEEDS_CHANGES
            ids = WorkflowState.objects.filter(status=status).values_list("object_id", flat=True)
            return qs.filter(pk__in=[int(pk) for pk in ids if pk.isdigit()])
        return qs


class TopicFilter(ModelMultipleChoiceFilter):
    """Any of the chosen topics, in what is published or in the draft."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        chosen = {topic.pk for topic in value}
        pages = MasterclassPage.objects.only("pk", "content_type_id")
        ids = [pk for pk, topics in topics_of(pages).items() if topics & chosen]
        return qs.filter(Q(pk__in=ids) | Q(pk__in=qs.filter(topics__in=chosen).values("pk")))


class MasterclassFilterSet(WagtailFilterSet):
    topics = TopicFilter(label=_("Topic"), queryset=Topic.objects.all(), widget=forms.CheckboxSelectMultiple)
    level = MultipleChoiceFilter(label=_("Level"), choices=Level.choices, widget=forms.CheckboxSelectMultiple)
    state = StateFilter(label=_("State"), choices=STATES, empty_label=_("Any"), widget=forms.RadioSelect)

    class Meta:
        model = MasterclassPage
        fields: list[str] = []


class MasterclassIndex(IndexView):
    """The list, with each masterclass's topics and what it lacks: the same number of queries for any number of rows."""

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, rows, has_more = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        topics, names = topics_of(rows), {topic.pk: str(topic) for topic in Topic.objects.all()}
        lacking = selectors.missing_of([row.pk for row in rows], self.request.user)
        for row in rows:
            row.under = ", ".join(name for pk, name in names.items() if pk in topics[row.pk])
            row.lacks = missing(lacking[row.pk]) if row.pk in lacking else ""
        page.object_list = rows
        return paginator, page, rows, has_more


class ChooseParent(ChooseParentView):
    """Where a new masterclass goes; nothing for those who could not add one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not selectors.works_on_pages(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def due(page: MasterclassPage) -> str:
    """The day itself: Wagtail's own column speaks of how long ago."""
    return date_format(page.review_by, "DATE_FORMAT") if page.review_by else ""


class ForEditors(MenuItem):
    """Shown to those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return selectors.works_on_pages(request.user)  # type: ignore[arg-type]


class MasterclassListing(PageListingViewSet):
    """The menu entry “Masterclasses”."""

    model = MasterclassPage
    name = "masterclasses"
    icon = "media"
    menu_label = _("Masterclasses")
    menu_order = 110
    menu_item_class = ForEditors
    add_to_admin_menu = True
    index_view_class = MasterclassIndex
    choose_parent_view_class = ChooseParent
    filterset_class = MasterclassFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("under", label=_("Topics")),
        Column("get_level_display", label=_("Level"), sort_key="level"),
        PageStatusColumn("status", label=_("State"), sort_key="live"),
        Column("lacks", label=_("Missing")),
        Column("review_by", label=_("Check again by"), sort_key="review_by", accessor=due),
    ]


masterclass_listing = MasterclassListing()
