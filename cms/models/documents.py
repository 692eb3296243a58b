"""Files and library entries: Wagtail's documents, with what a library says of them and who may have them."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from cms.rules import IN_LIBRARY, Access, Audience, Level


class Document(AbstractDocument):
    """A file that pages show, or an entry of the library: then a file, or a link to where its publisher keeps it.

    What can be read from the file is read (`cms.library.files`), never typed: `duration`, `pages`, `media_type`.
    """

    FILE = "file"
    KINDS: ClassVar = [
        (FILE, _("A file for pages: not listed in the library")),
        *((k.value, k.label) for k in IN_LIBRARY),
    ]
    PAGES = "pages"
    AUDIENCES: ClassVar = [(PAGES, _("Whoever may see a published page that shows it")), *Audience.choices]

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS, default=FILE)
    file = models.FileField(_("file"), upload_to="documents", blank=True)
    link = models.URLField(
        _("or link"),
        max_length=500,
        blank=True,
        help_text=_("Where the publisher keeps it, when it is not ours to copy."),
    )
    summary = models.CharField(
        _("summary"), max_length=400, blank=True, help_text=_("What it is, and when one needs it.")
    )
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    edition = models.CharField(_("edition"), max_length=80, blank=True, help_text=_("For example “updated 2022”."))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    topics = models.ManyToManyField("cms.Topic", blank=True, related_name="documents", verbose_name=_("topics"))
    audience = models.CharField(
        _("who may have it"),
        max_length=10,
        choices=AUDIENCES,
        default=PAGES,
        help_text=_("A file for pages follows its pages. An entry of the library says it here."),
    )
    clusters = models.ManyToManyField(
        "accounts.Cluster",
        blank=True,
        related_name="+",
        verbose_name=_("clusters"),
        help_text=_("Whose members may have it."),
    )
    review_by = models.DateField(
        _("check again by"), null=True, blank=True, help_text=_("You are reminded when that day has come.")
    )
    tags = TaggableManager(verbose_name=_("tags"), blank=True, related_name="own_documents")

    media_type = models.CharField(max_length=100, blank=True, editable=False)
    """By content, not by name; empty for what is not sound, film or PDF."""
    duration = models.PositiveIntegerField(null=True, editable=False)
    """Of sound and film, in whole seconds."""
    pages = models.PositiveIntegerField(null=True, editable=False)
    preview = models.ImageField(upload_to="previews", blank=True, editable=False)
    """The first page of a PDF. Served by a view that asks who may see it."""
    preview_of = models.CharField(max_length=40, blank=True, editable=False)
    """The digest of the file a preview was last tried for, whether or not one came of it; "none" without a digest."""

    admin_form_fields = (
        "file", "link", "title", "kind", "summary", "publisher", "year", "edition", "language", "level", "topics",
        "audience", "clusters", "review_by", "collection", "tags",
    )  # fmt: skip
    search_fields = [*AbstractDocument.search_fields, index.SearchField("summary"), index.SearchField("publisher")]

    class Meta(AbstractDocument.Meta):
        default_related_name = "own_documents"
        permissions = [("choose_document", "Can choose document")]
        constraints = [
            models.CheckConstraint(condition=~Q(file="") | ~Q(link=""), name="document_is_a_file_or_a_link"),
            models.CheckConstraint(condition=Q(kind="file") | ~Q(audience="pages"), name="library_says_who_may_read"),
        ]

    @property
    def in_library(self) -> bool:
        return self.kind != self.FILE

    @property
    def url(self) -> str:
        """Where readers get it: our address for the file, or the publisher's."""
        if not self.file:
            return self.link
        address: str = super().url
        return address

    @property
    def filename(self) -> str:
        """What the file is called; of a link, who keeps it."""
        if not self.file:
            return urlsplit(self.link).hostname or ""
        name: str = super().filename
        return name

    @property
    def file_extension(self) -> str:
        extension: str = super().file_extension if self.file else ""
        return extension

    def clean(self) -> None:
        if self.file:  # Wagtail looks at its ending; an entry may be a link
            super().clean()

    def is_stored_locally(self) -> bool:
        """Whether its file lies on this machine: of a link, nothing does."""
        return bool(self.file) and super().is_stored_locally()

    def access(self) -> Access:
        """Whom the entry itself is open to; for a file with `audience` PAGES, its pages say that. Up to one query."""
        clusters = [c.pk for c in self.clusters.all()] if self.audience == Audience.CLUSTERS else []
        return Access(self.audience, frozenset(clusters))


class DownloadDay(models.Model):
    """How often a document was fetched on one day: the whole file or its beginning, by readers.

    When staff look at it themselves, that does not count.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "day"], name="one_download_count_a_day")]

    def __str__(self) -> str:
        return f"{self.document_id} on {self.day}: {self.count}"
