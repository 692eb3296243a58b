"""The editors' part of the site: our colours, and no doors that lead away from the work."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from cms.editorial import wagtail_hooks as editorial

__all__ = ["editorial"]
"""Wagtail looks for hooks in each app once; those of the rooms are found through here."""


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("landfall/css/admin.css"))


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help menu speaks of Wagtail's releases; ours stands beside each field."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
