"""What stands around every page: menu, footer, contact. Editors change it under Settings."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

NORWEGIAN: dict[str, Any] = {"blank": True, "help_text": _("Empty: the English text.")}


class InLanguages:
    """Fields that may have a Norwegian twin, named with `_nb`."""

    def text(self, name: str) -> str:
        """The field in the language that is active; the English one where nobody has written the other."""
        twin = getattr(self, f"{name}_nb", "") if get_language() == "nb" else ""
        return twin or getattr(self, name)


@register_setting(icon="site")
class SiteSettings(InLanguages, BaseSiteSetting, ClusterableModel):
    """Menu, footer and contact address of a site."""

    contact_email = models.EmailField(
        _("contact address"), blank=True, help_text=_("Shown on error pages, for people who are stuck.")
    )
    footer_text = models.CharField(
        _("about this site"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )
    footer_text_nb = models.CharField(_("about this site, in Norwegian"), max_length=300, **NORWEGIAN)
    footer_note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Small print under it."))
    footer_note_nb = models.CharField(_("note, in Norwegian"), max_length=300, **NORWEGIAN)
    partners_heading = models.CharField(_("heading above the partners"), max_length=100, blank=True)
    partners_heading_nb = models.CharField(_("the same in Norwegian"), max_length=100, **NORWEGIAN)
    partners = models.TextField(_("partners"), blank=True, help_text=_("One a line."))
    funders_heading = models.CharField(_("heading above the funders"), max_length=100, blank=True)
    funders_heading_nb = models.CharField(_("the same in Norwegian"), max_length=100, **NORWEGIAN)
    funders = models.TextField(_("funders"), blank=True, help_text=_("One a line."))

    menu_panels: ClassVar[list[object]] = [
        HelpPanel(content=_("The menu stands at the top of every page. Five items fit beside each other.")),
        InlinePanel("menu_items", heading=_("Menu"), label=_("menu item")),
    ]
    footer_panels: ClassVar[list[object]] = [
        FieldPanel("footer_text"),
        FieldPanel("footer_text_nb"),
        FieldPanel("footer_note"),
        FieldPanel("footer_note_nb"),
        FieldRowPanel([FieldPanel("partners_heading"), FieldPanel("partners_heading_nb")]),
        FieldPanel("partners"),
        FieldRowPanel([FieldPanel("funders_heading"), FieldPanel("funders_heading_nb")]),
        FieldPanel("funders"),
        InlinePanel("footer_links", heading=_("Links"), label=_("link")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(menu_panels, heading=_("Menu")),
            ObjectList(footer_panels, heading=_("Footer")),
            ObjectList([FieldPanel("contact_email")], heading=_("Contact")),
        ]
    )

    class Meta:
        verbose_name = _("menu and footer")


class SiteLink(InLanguages, Orderable):
    """A link of the menu or footer: to a page, or to an address."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(
        _("or address"),
        max_length=300,
        blank=True,
        help_text=_("Starts with / or https://"),
        validators=[
            RegexValidator(r"^(/(?!/)|https://)\S*$", _("An address starts with / or https:// and has no spaces."))
        ],
    )
    label = models.CharField(_("text"), max_length=60, blank=True, help_text=_("Empty: the page's title."))
    label_nb = models.CharField(_("text in Norwegian"), max_length=60, **NORWEGIAN)

    panels: ClassVar[list[object]] = [
        PageChooserPanel("page"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_nb")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(_("Choose a page, or write an address: one of the two."))
        if self.address and not self.label:
            raise ValidationError({"label": _("An address has no title of its own: write the text people read.")})


class MenuItem(SiteLink):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")


class FooterLink(SiteLink):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")
