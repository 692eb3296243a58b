"""The site's own pages: what every page has, the front page, plain pages, and what stands around them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.blocks import StandardBody


class BasePage(Page):
    """What every page of the site has. Abstract on Wagtail's own Page: docs/decisions/0005-page-model-base.md."""

    show_in_menus_default = False

    class Meta:
        abstract = True


class HomePage(BasePage):
    """The front page."""

    headline = models.CharField(_("headline"), max_length=120)
    lede = models.TextField(_("introduction"), max_length=500, blank=True)
    note = models.TextField(_("small print"), max_length=400, blank=True)
    featured = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main button leads to"),
    )
    featured_label = models.CharField(_("text of the main button"), max_length=60, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lede"),
        MultiFieldPanel([PageChooserPanel("featured"), FieldPanel("featured_label")], heading=_("Main button")),
        FieldPanel("note"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    page_description = _("The front page. There is one for each language.")

    class Meta:
        verbose_name = _("front page")


class StandardPage(BasePage):
    """A plain page: about, contact, privacy."""

    lede = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(StandardBody(), verbose_name=_("body"), blank=True)
    body_html = models.TextField(editable=False, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lede"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    page_description = _("A plain page with headings and text.")

    class Meta:
        verbose_name = _("plain page")


class ContentVersion(models.Model):
    """One row; the number rises with everything editors publish. See cms/published.py."""

    n = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.n)


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """What stands around every page: menu, footer, contact."""

    contact_email = models.EmailField(_("contact address"), blank=True)
    footer_text = models.CharField(_("about this site"), max_length=300, blank=True)
    footer_note = models.CharField(_("note"), max_length=300, blank=True)
    partners = models.TextField(_("partners"), blank=True, help_text=_("One a line."))
    funders_heading = models.CharField(_("heading above the funders"), max_length=100, blank=True)
    funders = models.TextField(_("funders"), blank=True, help_text=_("One a line."))

    panels = [
        InlinePanel("menu_items", heading=_("Menu"), label=_("Menu item")),
        InlinePanel("footer_links", heading=_("Footer links"), label=_("Link")),
        FieldPanel("contact_email"),
        FieldPanel("footer_text"),
        FieldPanel("footer_note"),
        FieldPanel("partners"),
        FieldPanel("funders_heading"),
        FieldPanel("funders"),
    ]

    class Meta:
        verbose_name = _("menu and footer")


class SiteLink(Orderable):
    """A link of the menu or footer: to a page, or to an address."""

    label = models.CharField(_("text"), max_length=60, blank=True, help_text=_("Empty: the page's title."))
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("or address"), max_length=300, blank=True, help_text=_("Starts with / or https://"))

    panels = [PageChooserPanel("page"), FieldPanel("address"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True


class MenuItem(SiteLink):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")


class FooterLink(SiteLink):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")
