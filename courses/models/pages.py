"""What editors keep: the catalogue, courses, modules and lessons. Nothing here knows a learner."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models import BasePage
from courses.blocks import LessonBody
from courses.rules import Level


class CatalogPage(BasePage):
    """The list of all courses, at `/courses/`."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, "introduction"]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    max_count_per_parent = 1
    page_description = _("The list of all courses. There is one.")

    class Meta:
        verbose_name = _("course catalogue")


class CoursePage(BasePage):
    """A course, pitched at exactly one competence level."""

    key = models.SlugField(_("id"), max_length=80, help_text=_("Stays the same for ever; files and certificates refer to it."))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.FOUNDATION)
    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences for the catalogue."))
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    prerequisites = models.CharField(_("before this"), max_length=300, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), default=1, help_text=_("What a learner should set aside."))
    outcomes = models.TextField(_("afterwards you can"), blank=True, help_text=_("One a line."))
    gives = models.CharField(_("gives"), max_length=120, blank=True, help_text=_("The name of the certificate."))
    pass_percent = models.PositiveSmallIntegerField(_("to pass a quiz, per cent"), default=70)
    reviewed = models.DateField(_("content checked on"), null=True, blank=True)
    review_by = models.DateField(_("check again by"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("level"), FieldPanel("hours"), FieldPanel("pass_percent")], heading=_("Level and size")),
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("prerequisites"),
        FieldPanel("outcomes"),
        FieldPanel("gives"),
        MultiFieldPanel([FieldPanel("reviewed"), FieldPanel("review_by")], heading=_("Care")),
        FieldPanel("key"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.CatalogPage"]
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]
    page_description = _("A course at one level: modules with lessons, ending in a certificate.")
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.FilterField("level")]

    class Meta:
        verbose_name = _("course")


class ModulePage(BasePage):
    """A part of a course."""

    key = models.SlugField(_("id"), max_length=80, help_text=_("Stays the same for ever."))
    summary = models.CharField(_("summary"), max_length=250, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("key")]
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]
    page_description = _("A part of a course, with a handful of lessons.")

    class Meta:
        verbose_name = _("module")


class LessonPage(BasePage):
    """One lesson: text and other blocks, with quizzes and worksheets among them."""

    key = models.SlugField(_("id"), max_length=80, help_text=_("Stays the same for ever; progress refers to it."))
    question = models.CharField(_("question"), max_length=250, blank=True, help_text=_("The question this lesson answers."))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    body = StreamField(LessonBody(), verbose_name=_("body"), blank=True)
    rendered: Any = models.JSONField(default=list, editable=False)
    """The body as it was published: see `courses.rendering` for the shape of its parts."""

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("key"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One lesson of ten to thirty minutes.")
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
