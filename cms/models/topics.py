"""Topics: what Scale Clinic gathers its content under."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput

from cms.models.surroundings import NORWEGIAN, InLanguages


class FirstTitlePanel(TitleFieldPanel):
    """Proposes the address while a topic is new. Later it stays, whatever the title: people have kept it."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            return not self.instance.pk


class Topic(InLanguages, models.Model):
    """A topic. The same in all languages; its moderators decide what is published under it."""

    title = models.CharField(_("title"), max_length=80)
    title_nb = models.CharField(_("title in Norwegian"), max_length=80, **NORWEGIAN)
    slug = models.SlugField(_("address"), max_length=80, unique=True, help_text=_("Stands in the topic's address."))
    summary = models.CharField(_("summary"), max_length=200, help_text=_("What one learns here, in a sentence."))
    summary_nb = models.CharField(_("summary in Norwegian"), max_length=200, **NORWEGIAN)
    introduction = models.TextField(_("introduction"), max_length=800, blank=True)
    introduction_nb = models.TextField(_("introduction in Norwegian"), max_length=800, **NORWEGIAN)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    moderators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="moderated_topics",
        verbose_name=_("moderators"),
        limit_choices_to={"is_staff": True, "is_active": True},
        help_text=_("They are asked before anything under this topic is published. Nobody: all moderators are."),
    )

    address_before = ""
    """The slug before the save under way; see `cms.topics.actions`."""

    panels: ClassVar[list[object]] = [
        FieldRowPanel([FirstTitlePanel("title", placeholder=False), FieldPanel("title_nb")]),
        FieldRowPanel([FieldPanel("summary"), FieldPanel("summary_nb")]),
        MultiFieldPanel([FieldPanel("introduction"), FieldPanel("introduction_nb")], heading=_("Introduction")),
        FieldPanel("moderators"),
        FieldPanel("slug", widget=SlugInput),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["place", "title"]

    def __str__(self) -> str:
        return self.text("title")

    def get_absolute_url(self) -> str:
        return reverse("cms:topic", args=[self.slug])
