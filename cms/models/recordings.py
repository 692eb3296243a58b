"""A recording: a talk as sound or film with its captions. A masterclass is one; a webinar becomes one afterwards."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms import serving
from cms.masterclasses.publishing import refuse_unready
from cms.models.base import BasePage
from cms.moments import MomentField
from cms.rules import Access, Level
from lms.core.markup import render_markdown


class RecordedPage(BasePage):
    """What plays, what is said in it, and what is written about it.

    Sound or film is a document; captions are kept as WebVTT, whatever they came as. A page of this kind has `topics`,
    and rows `guests`, `chapters` and `related`, made of the classes below.
    """

    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences, as in a list."))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.FOUNDATION)
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
    documents = ParentalManyToManyField(
        "cms.Document", blank=True, related_name="+", verbose_name=_("documents that go with it")
    )

    recording_panels: ClassVar[list[object]] = [
        MultiFieldPanel(
            [FieldPanel("audio"), FieldPanel("video"), FieldPanel("embed"), FieldPanel("poster")],
            heading=_("Recording"),
        ),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("captions_file"), FieldPanel("transcript")], heading=_("Captions")
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("notes")]

    class Meta:
        abstract = True

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
        """Whom the page itself is open to, private pages above it aside. Up to two queries."""
        raise NotImplementedError

    def own_facts(self) -> dict[str, Any]:
        """What else is asked before this is published: fields of `cms.masterclasses.rules.Content`."""
        raise NotImplementedError

    def recording(self) -> Any:
        """The document that plays first: film, else sound; None with film elsewhere."""
        return self.video or self.audio


class Voice(Orderable):
    """Somebody who speaks. Without consent on record a recording is not published."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=200, help_text=_("What they are here: founder of, head of …"))
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

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name or self.role

    @property
    def shown(self) -> tuple[str, str]:
        """What readers see: the name and what they are; of somebody without a name, only that."""
        return (self.name, self.role) if self.name else (self.role, "")


class Part(Orderable):
    """A part of a recording; `start` in whole seconds from its beginning."""

    start = MomentField(_("starts at"), help_text=_("As a player shows it: 4:05, or 1:02:03. The first at 0:00."))
    title = models.CharField(_("title"), max_length=120)

    panels: ClassVar[list[object]] = [FieldRowPanel([FieldPanel("start"), FieldPanel("title")])]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


class Related(Orderable):
    """A page that goes with another: a course, most often."""

    target = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels: ClassVar[list[object]] = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.target_id)
