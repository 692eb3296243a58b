"""Delegations: a journey together, with its aim, its agenda, what it costs and who is behind it."""

from typing import ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms import serving
from cms.delegations.forms import DelegationForm
from cms.models.base import BasePage
from cms.models.presenting import PresentsEvent
from lms.events.rules import EventKind

MARKDOWN = _("Markdown. Headings from ### down.")


class DelegationsPage(BasePage):
    """The list of delegations, at `/delegations/` as a rule."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.DelegationPage"]
    max_count_per_parent = 1
    page_description = _("The list of all delegations. There is one.")
    template = "cms/delegations_page.html"

    class Meta:
        verbose_name = _("list of delegations")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return serving.response_for(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return serving.response_for(request, self)


class DelegationPage(PresentsEvent):
    """A delegation. Dates, agenda, fees and places are the event's; why one goes and how is said here."""

    KIND = EventKind.DELEGATION

    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences, as in a list."))
    topics = ParentalManyToManyField("cms.Topic", blank=True, related_name="delegations", verbose_name=_("topics"))
    background = models.TextField(_("background and aim"), blank=True, help_text=MARKDOWN)
    why_heading = models.CharField(
        _("heading"), max_length=80, blank=True, help_text=_("For example “Why Minnesota”. Empty: “Why there”.")
    )
    why = models.TextField(_("why one goes there"), blank=True, help_text=MARKDOWN)
    why_source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("Who says so, and when: figures and claims need one.")
    )
    practical = models.TextField(
        _("practical information"), blank=True, help_text=_("Hotel, flights, visas, what to bring. Markdown.")
    )
    documents = ParentalManyToManyField("cms.Document", blank=True, related_name="+", verbose_name=_("documents"))
    behind_it = models.TextField(_("what they do together"), blank=True, help_text=MARKDOWN)
    funding = models.TextField(_("funding"), max_length=500, blank=True, help_text=_("Who pays for it, one a line."))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("event"),
        FieldPanel("summary"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("background"),
        MultiFieldPanel(
            [FieldPanel("why_heading"), FieldPanel("why"), FieldPanel("why_source")], heading=_("Why there")
        ),
        FieldPanel("practical"),
        FieldPanel("documents"),
        MultiFieldPanel(
            [InlinePanel("hosts", label=_("organiser")), FieldPanel("behind_it"), FieldPanel("funding")],
            heading=_("Who is behind it"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.DelegationsPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _(
        "A journey together: its aim, agenda, practical information and who pays what. Register from here."
    )
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("summary", "background", "why", "practical")),
    ]
    template = "cms/delegation_page.html"
    base_form_class = DelegationForm

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return serving.response_for(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return serving.response_for(request, self)


class DelegationHost(Orderable):
    """A cluster or another organisation that makes the journey happen."""

    page = ParentalKey(DelegationPage, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("what they are"), max_length=800, blank=True, help_text=_("Two or three sentences."))

    panels: ClassVar[list[object]] = [FieldPanel("name"), FieldPanel("about")]

    def __str__(self) -> str:
        return self.name
