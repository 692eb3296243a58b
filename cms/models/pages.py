"""The front page and plain pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.addresses import language_of, page_address
from cms.blocks import HomeSections, StandardBody, fill_sections, render_sections
from cms.models.base import BasePage
from cms.published import published
from lms.core.markup import render_markdown


class HomePage(BasePage):
    """The front page. One for each language; what nobody has translated is found under each of them."""

    headline = models.CharField(
        _("headline"), max_length=120, help_text=_("One sentence, as you would say it to a colleague.")
    )
    lede = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("What it is, what it costs in time, what comes next."),
    )
    featured = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main button leads to"),
    )
    featured_label = models.CharField(
        _("text of the main button"), max_length=60, blank=True, help_text=_("Empty: the page's title.")
    )
    second = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second link leads to"),
    )
    second_label = models.CharField(
        _("text of the second link"), max_length=60, blank=True, help_text=_("Empty: the page's title.")
    )
    note = models.TextField(
        _("small print"), max_length=400, blank=True, help_text=_("For whom this is, in a line or two.")
    )
    sections = StreamField(HomeSections(), verbose_name=_("sections"), blank=True)

    content_panels: ClassVar[list[object]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("lede"), FieldPanel("note")], heading=_("Beside the chart")
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("featured"),
                FieldPanel("featured_label"),
                PageChooserPanel("second"),
                FieldPanel("second_label"),
            ],
            heading=_("Ways on"),
        ),
        FieldPanel("sections"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    search_fields = [*BasePage.search_fields, index.SearchField("lede"), index.SearchField("sections")]
    page_description = _("The front page. There is one for each language.")
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail, and where this language has no such page, the default language's page at the same address."""
        try:
            found: RouteResult = super().route(request, path_components)
        except Http404:
            original = self.get_translation_or_none(Locale.get_default())
            if original is None or original.pk == self.pk:
                raise
            return original.route(request, path_components)
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            parts = self.parts(request)
        else:
            parts = published(request, ("home", self.pk, get_language()), lambda: self.parts(request))
        return {**context, **parts, "sections": fill_sections(parts["sections"], request)}

    def parts(self, request: HttpRequest) -> dict[str, Any]:
        """What is built once for each published version: where the buttons lead, and the sections."""
        return {
            "ways": [way for way in (self._way("featured"), self._way("second")) if way],
            "sections": render_sections(self.sections, request, language_of(request, self)),
        }

    def _way(self, name: str) -> tuple[str, str, str] | None:
        """What kind of link, its address and its text; None without a page the public may open."""
        page = getattr(self, name)
        if page is None or not page.live or not (address := page_address(page)):
            return None
        return name, address, getattr(self, f"{name}_label") or page.title


class StandardPage(BasePage):
    """A plain page: about, contact, privacy."""

    lede = models.CharField(
        _("introduction"), max_length=300, blank=True, help_text=_("A sentence or two under the title.")
    )
    body = StreamField(StandardBody(), verbose_name=_("body"), blank=True)
    body_html = models.TextField(editable=False, blank=True)
    """The body as it was saved: readers get this."""

    content_panels: ClassVar[list[object]] = [*BasePage.content_panels, FieldPanel("lede"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("lede"), index.SearchField("body")]
    page_description = _("A plain page with headings and text: about, contact, privacy.")
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("plain page")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_html = self.render_body()
        super().save(*args, **kwargs)

    def render_body(self) -> SafeString:
        return mark_safe("".join(render_markdown(block.value) for block in self.body))  # noqa: S308 - sanitised by lms.core.markup

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["body"] = self.render_body() if getattr(request, "is_preview", False) else mark_safe(self.body_html)  # noqa: S308
        context["crumbs"] = self.crumbs()
        return context

    def crumbs(self) -> list[tuple[str, str]]:
        """The plain pages above this one and itself; nothing for a page right below the front page."""
        above = self.get_ancestors().type(StandardPage).live()
        trail = [(page.title, page_address(page)) for page in above] if self.depth > 3 else []
        return [*trail, (self.title, "")] if trail else []
