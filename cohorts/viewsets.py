"""Cohorts in the editors' part of the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from cohorts.forms import CohortForm
from cohorts.models import Cohort
from lms.core.deleting import RefusableDeleteView


class DeleteCohort(RefusableDeleteView):
    """Deletes a cohort that no company was ever in."""

    refusal = _("Companies are in this cohort, and their history stays. Nothing was deleted.")


class CohortViewSet(ModelViewSet):
    """The list and the form of cohorts. The stage of a company is shown here and moved on its own page."""

    model = Cohort
    name = "cohort"
    url_prefix = "cohorts"
    icon = "group"
    menu_label = _("Cohorts")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    delete_view_class = DeleteCohort
    list_display = ["name", "programme", "starts", "ends"]
    list_filter = ["programme"]
    search_fields = ["name", "programme"]
    ordering = ["-starts", "name"]
    edit_handler: Any = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("programme")], heading=_("Cohort")),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("Dates")),
            FieldPanel("advisors", widget=forms.CheckboxSelectMultiple),
            FieldPanel("courses", widget=forms.CheckboxSelectMultiple),
            InlinePanel(
                "participations",
                panels=[FieldPanel("company"), FieldPanel("stage", read_only=True)],
                heading=_("Companies"),
                label=_("Company"),
                help_text=_(
                    "A new company starts at “Requested”. From stage to stage it is moved on its own page, "
                    "where every move is kept with who made it."
                ),
            ),
        ],
        base_form_class=CohortForm,
    )


cohort_viewset = CohortViewSet()
