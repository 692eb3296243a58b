"""Agreements on seats in the editors' part of the site, kept by the programme's owners."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import SeatAgreement
from courses.seats import selectors
from courses.seats.forms import AgreementForm
from courses.seats.rules import remaining
from lms.core.deleting import RefusableDeleteView


class AgreementIndex(generic.IndexView):
    """The list, with the seats taken and left: in the statement that reads the agreements."""

    def get_base_queryset(self) -> QuerySet[SeatAgreement]:
        found: QuerySet[SeatAgreement] = super().get_base_queryset()
        return selectors.counted(found).select_related("company")


class EditAgreement(generic.EditView):
    """Holds the agreement's lock while the form counts what is taken: no seat is given out meanwhile."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            SeatAgreement.objects.select_for_update(no_key=True).filter(pk=self.object_pk).first()
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class DeleteAgreement(RefusableDeleteView):
    refusal = _(
        "People hold seats of this agreement, so it was not deleted. To end it, set its last day: its courses are "
        "limited no longer, and those who have started go on."
    )


class SeatAgreementViewSet(ModelViewSet):
    """How many people of a company may take which courses."""

    model = SeatAgreement
    name = "seatagreement"
    url_prefix = "seats"
    icon = "key"
    menu_label = _("Seats")
    menu_order = 245
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = AgreementIndex
    edit_view_class = EditAgreement
    delete_view_class = DeleteAgreement
    list_display: Any = [
        "name",
        Column("company", label=_("Company"), sort_key="company__name"),
        Column("total", label=_("Seats")),
        Column("used", label=_("Taken"), sort_key="used"),
        Column("left", label=_("Left"), accessor=lambda one: remaining(one.agreed, one.extra, one.used)),
        Column("starts", label=_("From"), sort_key="starts"),
        Column("ends", label=_("To"), sort_key="ends"),
    ]
    list_filter = {"courses": ["exact"], "ends": ["lte", "gte"]}
    list_per_page = 50
    search_fields = ["name", "company__name"]
    search_backend_name = None
    ordering = ["company__name", "name", "pk"]
    edit_handler: Any = ObjectList(
        [
            FieldPanel("company"),
            FieldPanel("name"),
            FieldPanel("courses", widget=forms.CheckboxSelectMultiple),
            MultiFieldPanel([FieldRowPanel([FieldPanel("agreed"), FieldPanel("extra")])], heading=_("Seats")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])],
                heading=_("First and last day"),
                help_text=_("Empty means without limit. Outside these days everybody may start the courses."),
            ),
        ],
        base_form_class=AgreementForm,
    )


seat_agreement_viewset = SeatAgreementViewSet()
