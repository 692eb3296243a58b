"""Masterclasses: a talk as sound or film, with what goes with it. One is a page, an episode and a lesson block."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from cms.masterclasses.forms import MasterclassForm
from cms.models.base import BasePage, ServedPage
from cms.models.recordings import Part, RecordedPage, Related, Voice
from cms.moments import MomentField
from cms.rules import SMALLEST_COVER, Access, Audience


class MasterclassesPage(ServedPage):
    """The list of all masterclasses, at `/masterclasses/`; as a podcast it has the words that feed readers show."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    podcast_title = models.CharField(_("title of the podcast"), max_length=100, default="Scale Clinic")
    podcast_summary = models.TextField(_("what the podcast is"), max_length=1000, blank=True)
    podcast_author = models.CharField(_("who makes it"), max_length=100, blank=True)
    podcast_email = models.EmailField(_("address for podcast directories"), blank=True)
    podcast_guid = models.UUIDField(default=uuid.uuid4, editable=False)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("A square of 1400 to 3000 pixels."),
    )
    funding_url = models.URLField(_("link to the funder"), blank=True)
    funding_text = models.CharField(_("words for that link"), max_length=100, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("podcast_title"),
                FieldPanel("podcast_summary"),
                FieldPanel("podcast_author"),
                FieldPanel("podcast_email"),
                FieldPanel("cover"),
                FieldPanel("funding_url"),
                FieldPanel("funding_text"),
            ],
            heading=_("As a podcast"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.MasterclassPage"]
    max_count_per_parent = 1
    page_description = _("The list of all masterclasses. There is one.")

    class Meta:
        verbose_name = _("list of masterclasses")

    def own_view(self) -> ResolverMatch:
        return resolve(reverse("cms:masterclasses"))

    def clean(self) -> None:
        super().clean()
        cover = self.cover
        if cover and not cover.width == cover.height >= SMALLEST_COVER:
            measures = {"width": cover.width, "height": cover.height, "least": SMALLEST_COVER}
            sentence = _(
                "A cover is a square of %(least)s to 3000 pixels; this picture has %(width)s × %(height)s. "
                "Cut it to a square and choose it again, or leave the cover empty: then ours is shown."
            )
            raise ValidationError({"cover": sentence % measures})


class MasterclassPage(RecordedPage):
    """A masterclass."""

    topics = ParentalManyToManyField("cms.Topic", related_name="masterclasses", verbose_name=_("topics"))
    audience = models.CharField(_("who may see it"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    clusters = ParentalManyToManyField(
        "accounts.Cluster",
        blank=True,
        related_name="+",
        verbose_name=_("clusters"),
        help_text=_("Only for “members of the clusters”: whose members may see it."),
    )
    in_podcast = models.BooleanField(_("in the podcast"), default=True)
    guid = models.UUIDField(default=uuid.uuid4, editable=False)
    """The episode's identity for feed readers: stays through renames and moves; a copy gets its own."""
    soundbite_start = MomentField(
        _("a taste of it starts at"),
        null=True,
        blank=True,
        help_text=_("Podcast apps may play it. Minutes and seconds, such as 4:05."),
    )
    soundbite_seconds = models.PositiveSmallIntegerField(
        _("and lasts, in seconds"), null=True, blank=True, help_text=_("5 to 120.")
    )
    review_by = models.DateField(_("check again by"), null=True, blank=True)

    exclude_fields_in_copy: ClassVar[list[str]] = ["guid"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("review_by")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple, required_on_save=False),
        *RecordedPage.recording_panels,
        InlinePanel("guests", heading=_("In the room"), label=_("guest")),
        InlinePanel("chapters", heading=_("Chapters"), label=_("chapter")),
        FieldPanel("notes"),
        MultiFieldPanel(
            [FieldPanel("documents"), InlinePanel("related", label=_("page"))], heading=_("Goes with this")
        ),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("clusters", widget=CheckboxSelectMultiple)], heading=_("Who may see it")
        ),
        MultiFieldPanel(
            [FieldPanel("in_podcast"), FieldRowPanel([FieldPanel("soundbite_start"), FieldPanel("soundbite_seconds")])],
            heading=_("Podcast"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.MasterclassesPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _(
        "A talk as sound or film, with captions, chapters and notes. It is an episode of the podcast, too."
    )
    template = "cms/masterclass_page.html"
    base_form_class = MasterclassForm

    class Meta:
        verbose_name = _("masterclass")
        verbose_name_plural = _("masterclasses")

    def access(self) -> Access:
        """Its own audience. Up to one query."""
        clusters = [c.pk for c in self.clusters.all()] if self.audience == Audience.CLUSTERS else []
        return Access(self.audience, frozenset(clusters))

    def own_facts(self) -> dict[str, Any]:
        return {
            "audience": self.audience,
            "clusters": self.clusters.count(),
            "soundbite": (self.soundbite_start, self.soundbite_seconds),
        }


class Guest(Voice):
    """Somebody who speaks. Without consent on record a masterclass is not published."""

    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="guests")
    is_host = models.BooleanField(_("asks the questions"), default=False)

    panels: ClassVar[list[object]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("is_host")]),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("consent_on"), FieldPanel("consent_note")]),
    ]


class Chapter(Part):
    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="chapters")


class RelatedPage(Related):
    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="related")
