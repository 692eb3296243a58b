"""Learners in the editors' part: who is in which course and how far. Only to read; learners write themselves."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from courses.models import Enrolment
from courses.selectors import progress_of


class OnlyToRead(ModelPermissionPolicy):
    """Whoever it is, a superuser too: what learners have done is looked at and never changed by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class LearnerIndex(generic.IndexView):
    """The list, with each learner's progress: the same number of queries whatever the number of rows."""

    any_permission_required = ["view"]

    def get_base_queryset(self) -> QuerySet[Enrolment]:
        found: QuerySet[Enrolment] = super().get_base_queryset()
        return found.select_related("user", "course", "company")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, rows, has_more = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        progress = progress_of(rows)
        for row in rows:
            row.told = progress[row.pk].sentence
        page.object_list = rows
        return paginator, page, rows, has_more


class LearnerViewSet(ModelViewSet):
    """Enrolments, newest first."""

    model = Enrolment
    name = "learner"
    url_prefix = "learners"
    icon = "user"
    menu_label = _("Learners")
    menu_order = 240
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = LearnerIndex
    list_display: Any = [
        Column("user", label=_("Person"), sort_key="user__full_name"),
        Column("course", label=_("Course"), sort_key="course__title"),
        Column("company", label=_("Company"), sort_key="company__name"),
        Column("told", label=_("Progress")),
        DateColumn("started_at", label=_("Started"), sort_key="started_at"),
        DateColumn("completed_at", label=_("Completed"), sort_key="completed_at"),
    ]
    list_filter = {"course": ["exact"], "completed_at": ["isnull"]}
    list_per_page = 50
    search_fields = ["user__full_name", "user__email", "company__name", "course__title"]
    search_backend_name = None
    ordering = ["-started_at"]
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [route for route in super().get_urlpatterns() if route.name in {"index", "index_results"}]


learner_viewset = LearnerViewSet()
