"""Webinars: a page that invites before, and has the recording afterwards, at the same address."""

from typing import Any, ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from cms.models.base import BasePage, ServedPage
from cms.models.presenting import PresentsEvent
from cms.models.recordings import Part, RecordedPage, Related, Voice
from cms.webinars.forms import WebinarForm
from lms.events.rules import EventKind


class WebinarsPage(ServedPage):
    """The list of all webinars, at `/webinars/`."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.WebinarPage"]
    max_count_per_parent = 1
    page_description = _("The list of all webinars. There is one.")

    class Meta:
        verbose_name = _("list of webinars")

    def own_view(self) -> ResolverMatch:
        return resolve(reverse("cms:webinars"))


class WebinarPage(PresentsEvent, RecordedPage):
    """A webinar. Until it is over the page invites; once its recording is there, that is what the page is."""

    KIND = EventKind.WEBINAR

    topics = ParentalManyToManyField("cms.Topic", related_name="webinars", verbose_name=_("topics"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("event"),
        FieldPanel("summary"),
        FieldPanel("level"),
        FieldPanel("topics", widget=CheckboxSelectMultiple, required_on_save=False),
        FieldPanel("notes", heading=_("Description")),
        InlinePanel(
            "guests",
            heading=_("Speakers"),
            label=_("speaker"),
            help_text=_("A recording is published only when each of them agreed to it."),
        ),
        *RecordedPage.recording_panels,
        InlinePanel("chapters", heading=_("Chapters"), label=_("chapter")),
        MultiFieldPanel(
            [FieldPanel("documents"), InlinePanel("related", label=_("page"))], heading=_("Goes with this")
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.WebinarsPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _(
        "A webinar: before, what it is about and how to register; afterwards the recording, at the same address."
    )
    template = "cms/webinar_page.html"
    base_form_class = WebinarForm

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")

    def own_facts(self) -> dict[str, Any]:
        return {"comes_later": True}


class WebinarSpeaker(Voice):
    """Somebody who speaks: a name and what they are, or only that."""

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("Empty: only what they are is shown."))

    panels: ClassVar[list[object]] = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("consent_on"), FieldPanel("consent_note")]),
    ]


class WebinarChapter(Part):
    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="chapters")


class WebinarRelated(Related):
    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="related")
