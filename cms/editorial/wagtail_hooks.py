"""The editors' desk in Wagtail's admin: panels, menu, and no button that publishes past a topic's moderators."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from cms.editorial import actions
from cms.editorial.panels import BY_NAME, SAID_BY_OURS, panels_for
from cms.editorial.views import desk
from cms.editorial.viewsets import masterclass_listing
from cms.models import TopicApproval


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path(f"desk/{name}/", desk, {"name": name}, name=f"landfall_desk_{name}") for name in BY_NAME]


@hooks.register("register_admin_viewset")
def masterclasses_in_the_admin() -> ViewSet:
    return masterclass_listing


@hooks.register("construct_homepage_panels")
def the_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in SAID_BY_OURS]
    panels += panels_for(request.user)  # type: ignore[arg-type]


@hooks.register("construct_main_menu")
def in_the_editors_words(request: HttpRequest, menu_items: list[Any]) -> None:
    """Documents are the library here, and stand right after the pages."""
    for item in menu_items:
        if item.name == "documents":
            item.label, item.order = gettext_lazy("Library"), 130


# --- Publishing past a topic's moderators ----------------------------------------------------------------------------


@hooks.register("before_publish_page")
def ask_the_moderators_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail asked before it read the form; the topics that count are those in it. The draft is saved by now."""
    if page.specific.permissions_for_user(request.user).can_publish():
        return None
    actions.withhold(page)
    messages.warning(request, refusal(page))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_copy_page")
def copy_as_a_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy that is published at once, or an alias, publishes as well."""
    publishes = request.method == "POST" and (request.POST.get("publish_copies") or request.POST.get("alias"))
    tree = (
        page.get_descendants(inclusive=True) if request.POST.get("copy_subpages") else Page.objects.filter(pk=page.pk)
    )
    return refuse(request, tree.live(), "can_publish") if publishes else None


@hooks.register("before_bulk_action")
def not_many_at_once_either(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    pages = [one.pk for one in objects if isinstance(one, Page)]
    if action_type not in {"publish", "unpublish"} or not pages:
        return None
    return refuse(request, Page.objects.filter(pk__in=pages), f"can_{action_type}")


def refuse(request: HttpRequest, pages: Any, may: str) -> HttpResponse | None:
    for page in pages.specific():
        if not getattr(page.permissions_for_user(request.user), may)():
            messages.error(request, refusal(page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refusal(page: Page) -> str:
    sentence = _(
        "“%(title)s” is under a topic that other people moderate, so it was not published or unpublished. "
        "What you wrote is kept as a draft. Choose “Submit to Publishing”: they are asked at once."
    )
    return sentence % {"title": page.get_admin_display_title()}


@hooks.register("after_edit_page")
def ask_those_of_a_new_topic(request: HttpRequest, page: Page) -> None:
    """Whoever changes a page's topics while it waits has its new moderators asked as well."""
    state = page.current_workflow_task_state
    if state is not None and isinstance(state.task.specific, TopicApproval):
        actions.ask_moderators(state, by=request.user)  # type: ignore[arg-type]
