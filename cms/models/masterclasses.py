"""Masterclasses: a talk as sound or film, with what goes with it. One is a page, an episode and a lesson block."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms import serving
from cms.masterclasses.forms import MasterclassForm
from cms.masterclasses.publishing import refuse_unready
from cms.models.base import BasePage, ServedPage
from cms.moments import MomentField
from cms.rules import SMALLEST_COVER, Access, Audience, Level
from lms.core.markup import render_markdown


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


class MasterclassPage(BasePage):
    """A masterclass. Sound or film is a document; captions are kept as WebVTT, whatever they came as."""

    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences, as in a list."))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.FOUNDATION)
    topics = ParentalManyToManyField("cms.Topic", related_name="masterclasses", verbose_name=_("topics"))
    audio = models.ForeignKey(
        "cms.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sound"),
        help_text=_("MP3 or M4A. The podcast sends this file; beside film, it is the same talk without pictures."),
    )
    video = models.ForeignKey(
        "cms.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("film"),
        help_text=_("MP4. It needs captions."),
    )
    embed = models.URLField(_("or film elsewhere"), blank=True, help_text=_("An address at YouTube or Vimeo."))
    poster = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    captions = models.TextField(
        _("captions"),
        blank=True,
        help_text=_("Paste WebVTT or SRT here, or choose the file below. Captions are the transcript, too."),
    )
    transcript = models.TextField(
        _("transcript"), blank=True, help_text=_("Only where there are no captions, and never for film: plain text.")
    )
    notes = models.TextField(_("show notes"), blank=True, help_text=_("Markdown. Headings from ## down."))
    notes_html = models.TextField(editable=False, blank=True)
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
    documents = ParentalManyToManyField(
        "cms.Document", blank=True, related_name="+", verbose_name=_("documents that go with it")
    )
    review_by = models.DateField(_("check again by"), null=True, blank=True)

    exclude_fields_in_copy: ClassVar[list[str]] = ["guid"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("review_by")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple, required_on_save=False),
        MultiFieldPanel(
            [FieldPanel("audio"), FieldPanel("video"), FieldPanel("embed"), FieldPanel("poster")],
            heading=_("Recording"),
        ),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("captions_file"), FieldPanel("transcript")], heading=_("Captions")
        ),
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
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("notes")]
    template = "cms/masterclass_page.html"
    base_form_class = MasterclassForm

    class Meta:
        verbose_name = _("masterclass")
        verbose_name_plural = _("masterclasses")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.notes_html = render_markdown(self.notes)
        super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """As Wagtail, which every way to publish or schedule takes, but for its editor, whose form asks the same.

        Raises NotReady before anything is changed.
        """
        refuse_unready(revision.as_object())
        super().publish(revision, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return serving.response_for(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return serving.response_for(request, self)

    def access(self) -> Access:
        """Whom the page's own audience lets in, private pages above it aside. Up to one query."""
        clusters = [c.pk for c in self.clusters.all()] if self.audience == Audience.CLUSTERS else []
        return Access(self.audience, frozenset(clusters))

    def recording(self) -> Any:
        """The document that plays first: film, else sound; None with film elsewhere."""
        return self.video or self.audio


class Guest(Orderable):
    """Somebody who speaks. Without consent on record a masterclass is not published."""

    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=200, help_text=_("What they are here: founder of, head of …"))
    is_host = models.BooleanField(_("asks the questions"), default=False)
    consent_on = models.DateField(
        _("agreed to publishing on"),
        null=True,
        blank=True,
        help_text=_("Without it this is not published. Never shown to readers."),
    )
    consent_note = models.CharField(
        _("where that is kept"),
        max_length=200,
        blank=True,
        help_text=_("For example “e-mail, archive 2026/14”. Never shown to readers."),
    )

    panels: ClassVar[list[object]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("is_host")]),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("consent_on"), FieldPanel("consent_note")]),
    ]

    def __str__(self) -> str:
        return self.name


class Chapter(Orderable):
    """A part of the recording; `start` in whole seconds from its beginning."""

    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="chapters")
    start = MomentField(_("starts at"), help_text=_("As a player shows it: 4:05, or 1:02:03. The first at 0:00."))
    title = models.CharField(_("title"), max_length=120)

    panels: ClassVar[list[object]] = [FieldRowPanel([FieldPanel("start"), FieldPanel("title")])]

    def __str__(self) -> str:
        return self.title


class RelatedPage(Orderable):
    """A page that goes with a masterclass: a course, most often."""

    page = ParentalKey(MasterclassPage, on_delete=models.CASCADE, related_name="related")
    target = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels: ClassVar[list[object]] = [PageChooserPanel("target")]

    def __str__(self) -> str:
        return str(self.target_id)
