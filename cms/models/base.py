"""What every page of the site has."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.addresses import canonical_address, language_of
from cms.models.editorial import TopicalPermissions
from lms.accounts.models import User


class BasePage(Page):
    """What every page of the site has. Abstract on Wagtail's own Page: docs/decisions/0005-page-model-base.md."""

    show_in_menus_default = False
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title", help_text=_("For search engines and the browser's tab. Empty: the title.")),
                FieldPanel(
                    "search_description", help_text=_("One or two sentences shown under the title in search results.")
                ),
            ],
            heading=_("Address and search"),
        )
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> TopicalPermissions:
        return TopicalPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context, with the page's language where it is not the reader's, and its one true address."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language = language_of(request, self)
        context["written_in"] = language
        context["content_language"] = language if language != (get_language() or settings.LANGUAGE_CODE) else ""
        context["canonical"] = canonical_address(self, request)
        return context


class ServedPage(BasePage):
    """A page whose address belongs to a view of ours; Wagtail's own routes and previews lead to the same view."""

    class Meta:
        abstract = True

    def own_view(self) -> ResolverMatch:
        """The view at this page's address, with its arguments."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = self.own_view()
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """This page as it is being edited."""
        match = self.own_view()
        response: HttpResponse = match.func(request, *match.args, **match.kwargs, page=self)
        return response
