"""What Wagtail's admin learns from this app: the learners, seats, and that pages with results are not deleted."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from courses import selectors
from courses.models import Enrolment
from courses.seats import log
from courses.seats.viewsets import seat_agreement_viewset
from courses.viewsets import OnlyToRead, learner_viewset

register_permission_policy(Enrolment, OnlyToRead(Enrolment))


@hooks.register("register_admin_viewset")
def learners_in_the_admin() -> ViewSet:
    return learner_viewset


@hooks.register("register_admin_viewset")
def seats_in_the_admin() -> ViewSet:
    return seat_agreement_viewset


@hooks.register("register_log_actions")
def seats_in_the_log(actions: LogActionRegistry) -> None:
    log.register(actions)


@hooks.register("before_delete_page")
def keep_results(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page, or a page above one, that learners' results refer to."""
    return refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_results_of_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for several pages at once; other actions go on."""
    pages = [item for item in objects if isinstance(item, Page)]
    return refuse(request, pages) if action_type == "delete" and pages else None


def refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    kept = _kept(pages)
    if not kept:
        return None
    sentence = _(
        "“%(title)s” was not deleted: people have learned with it, and their results refer to it. "
        "Unpublish it instead: readers no longer find it, and nobody’s results are lost."
    )
    messages.error(request, sentence % {"title": kept.title})
    if kept.permissions_for_user(request.user).can_unpublish():
        return redirect("wagtailadmin_pages:unpublish", kept.pk)
    return redirect("wagtailadmin_explore", kept.get_parent().pk)


def _kept(pages: list[Page]) -> Page | None:
    """The first of these pages that must stay, for its own results or those of a page under it."""
    for page in pages:
        tree = Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
        if selectors.has_results(tree):
            return page
    return None
