"""Topics in the editors' part: in the readers' order, which dragging changes; one in use is not deleted."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import Topic
from cms.topics import actions, selectors


class TopicIndex(generic.IndexView):
    """The list, with how much stands under each: the same number of queries whatever the number of topics."""

    def get_base_queryset(self) -> QuerySet[Topic]:
        return selectors.topics_with_uses()


class AddTopic(generic.CreateView):
    """A new topic stands last, until somebody drags it up."""

    def get_initial_form_instance(self) -> Topic:
        return Topic(place=selectors.next_place())


class DeleteTopic(generic.DeleteView):
    """Deletes a topic nothing stands under; else says what does and leads back to the form, before it asks anything."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.refuse_in_use(self.object)
        except actions.TopicInUse as refusal:
            return self.refuse(refusal)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except actions.TopicInUse as refusal:
            return self.refuse(refusal)
        return answer

    def delete_action(self) -> None:
        actions.delete(self.object, by=self.request.user)

    def refuse(self, refusal: actions.TopicInUse) -> HttpResponse:
        messages.error(self.request, refusal.sentence)
        return redirect(reverse(self.edit_url_name, args=[self.object.pk]))


class ReorderTopics(generic.ReorderView):
    """Wagtail moves one among places that all differ: see to it that they do."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.number_places()
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class TopicUsage(generic.UsageView):
    """What stands under a topic. Wagtail's own index of references knows nothing of many-to-many relations."""

    permission_required = "view"
    columns: Any = [
        TitleColumn("name", label=_("Name"), accessor="label", get_url=lambda row: row["edit_url"]),
        Column("sort", label=_("Type")),
    ]

    def get_queryset(self) -> list[dict[str, Any]]:
        finder = AdminURLFinder(self.request.user)
        return [
            {"label": str(thing), "sort": capfirst(use.one), "edit_url": finder.get_edit_url(thing)}
            for use in selectors.uses_of(self.object)
            for thing in use.things
        ]

    def get_table(self, object_list: list[dict[str, Any]], **kwargs: Any) -> Any:
        return BaseListingView.get_table(self, object_list, **kwargs)


class TopicViewSet(ModelViewSet):
    """The list and the form of topics."""

    model = Topic
    name = "topic"
    url_prefix = "topics"
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 210
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "title_nb",
        "summary",
        "summary_nb",
        "introduction",
        "introduction_nb",
        "moderators",
    ]
    sort_order_field = "place"
    add_view_class = AddTopic
    delete_view_class = DeleteTopic
    reorder_view_class = ReorderTopics
    usage_view_class = TopicUsage
    index_view_class = TopicIndex
    list_display: Any = [
        "title",
        Column("summary", label=_("Summary")),
        Column("slug", label=_("Address")),
        Column("uses", label=_("Entries")),
    ]
    list_per_page = 100
    search_fields = ["title", "title_nb", "summary"]
    search_backend_name = None
    ordering = ["place", "title"]


topic_viewset = TopicViewSet()
