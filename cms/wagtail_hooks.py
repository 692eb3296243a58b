"""The editors' part of the site: our colours, and no doors that lead away from the work."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from cms.editorial import wagtail_hooks as editorial
from cms.library.views import admit
from cms.library.viewsets import admin_urls, refuse
from cms.models import Document, Topic
from cms.topics.actions import TopicInUse, refuse_in_use
from cms.topics.viewsets import topic_viewset

__all__ = ["editorial"]
"""Wagtail looks for hooks in each app once; those of the rooms are found through here."""


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("landfall/css/admin.css"))


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help menu speaks of Wagtail's releases; ours stands beside each field."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_admin_viewset")
def topics_in_the_admin() -> ViewSet:
    return topic_viewset


@hooks.register("before_bulk_action")
def keep_topics_in_use(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse to delete several topics at once when something stands under one of them; then none is deleted."""
    for topic in objects if action_type == "delete" else ():
        try:
            if isinstance(topic, Topic):
                refuse_in_use(topic)
        except TopicInUse as refusal:
            messages.error(request, refusal.sentence)
            return redirect(reverse("topic:index"))
    return None


@hooks.register("before_serve_document", order=-1)
def who_may_have_it(document: Document, request: HttpRequest) -> None:
    """Before Wagtail asks for the privacy of collections: what is not open to somebody is not there."""
    admit(document, request)


@hooks.register("register_admin_urls", order=-1)
def documents_in_the_admin() -> list[URLPattern]:
    return admin_urls()


@hooks.register("before_bulk_action")
def keep_documents_in_use(
    request: HttpRequest, action_type: str, objects: Iterable[Any], _action: Any
) -> HttpResponse | None:
    """Refuse to delete several documents at once when a page uses one of them."""
    documents = [item for item in objects if isinstance(item, Document)]
    return refuse(request, documents) if action_type == "delete" and documents else None
