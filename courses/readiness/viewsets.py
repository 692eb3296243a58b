"""The questionnaire in the editors' part. Nothing changed there reaches companies before it is published."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from courses.readiness import actions, selectors
from courses.readiness.forms import QuestionForm
from courses.readiness.models import Question, Topic
from lms.core.deleting import RefusableDeleteView

PUBLISH = "readiness.add_edition"


class DeleteTopic(RefusableDeleteView):
    refusal = _("Questions stand under this topic. Move or retire them first. Nothing was deleted.")


class QuestionIndex(generic.IndexView):
    """The list of questions, with the button that publishes them."""

    def get_base_queryset(self) -> Any:
        return Question.objects.select_related("topic")

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(PUBLISH):
            label, where = translate("Publish the questionnaire"), reverse("readiness_publish")
            buttons.append(HeaderButton(label, url=where, icon_name="upload"))
        return buttons


class TopicViewSet(ModelViewSet):
    """Topics of the questionnaire, in the order companies see them."""

    model = Topic
    name = "readiness_topic"
    url_prefix = "readiness/topics"
    icon = "tag"
    menu_label = _("Topics of readiness")
    copy_view_enabled = False
    delete_view_class = DeleteTopic
    list_display = ["title", "key"]
    ordering = ["place", "pk"]
    sort_order_field = "place"
    edit_handler: Any = ObjectList(
        [
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_nb")]),
            FieldPanel("key"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("strong"), FieldPanel("strong_nb")]),
                    FieldRowPanel([FieldPanel("thin"), FieldPanel("thin_nb")]),
                ],
                heading=_("In a report’s title"),
            ),
            FieldPanel("subjects", widget=forms.CheckboxSelectMultiple),
        ]
    )


class QuestionViewSet(ModelViewSet):
    """Questions with their five answers, each worth one more than the one before."""

    model = Question
    name = "readiness_question"
    url_prefix = "readiness/questions"
    icon = "help"
    menu_label = _("Questions of readiness")
    copy_view_enabled = False
    index_view_class = QuestionIndex
    list_display: Any = ["wording", "key", Column("topic", label=_("Topic")), "retired"]
    list_filter = ["topic", "retired"]
    list_per_page = 100
    search_fields = ["wording", "key"]
    search_backend_name = None
    edit_handler: Any = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("topic"),
                    FieldPanel("key"),
                    FieldPanel("place"),
                    FieldPanel("wording"),
                    FieldPanel("wording_nb"),
                    FieldPanel("help"),
                    FieldPanel("help_nb"),
                ],
                heading=_("Question"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("classes", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("stages", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("retired"),
                ],
                heading=_("Who is asked"),
            ),
            InlinePanel(
                "options",
                panels=[
                    FieldRowPanel([FieldPanel("worth"), FieldPanel("wording")]),
                    FieldPanel("improve"),
                    PageChooserPanel("page"),
                    FieldRowPanel([FieldPanel("offer"), FieldPanel("event")]),
                    FieldRowPanel([FieldPanel("wording_nb"), FieldPanel("improve_nb")]),
                ],
                heading=_("Five answers"),
                label=_("Answer"),
                min_num=5,
                max_num=5,
            ),
        ],
        base_form_class=QuestionForm,
    )


class ReadinessGroup(ModelViewSetGroup):
    menu_label = _("Readiness")
    menu_icon = "clipboard-list"
    menu_order = 240
    items = (QuestionViewSet("readiness_question"), TopicViewSet("readiness_topic"))


readiness_group = ReadinessGroup()


@permission_required(PUBLISH)
def publish(request: HttpRequest) -> HttpResponse:
    """What publishing does, and the button."""
    context = {"newest": selectors.newest_edition(), "questions": Question.objects.filter(retired=False).count()}
    return render(request, "readiness/admin/publish.html", context)


@require_POST
@permission_required(PUBLISH)
def publish_now(request: HttpRequest) -> HttpResponse:
    try:
        edition = actions.publish(by=request.user)  # type: ignore[arg-type]
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("readiness_publish")
    said = translate("Edition %(number)s is what companies answer from now on.")
    messages.success(request, said % {"number": edition.number})
    return redirect(reverse("readiness_question:index"))


def admin_urls() -> list[URLPattern]:
    return [
        path("readiness/publish/", publish, name="readiness_publish"),
        path("readiness/publish/now/", publish_now, name="readiness_publish_now"),
    ]
