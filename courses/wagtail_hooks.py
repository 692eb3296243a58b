"""What Wagtail's admin learns from this app: the learners, seats, and that pages with results are not deleted."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
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


@hooks.register("register_log_actions")
def paths_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action("paths.make", lazy("Make a path"), lazy("Made the path from a report"))
    actions.register_action("paths.suggestion", lazy("Take a suggestion"), lazy("Took what a newer report suggests"))
    actions.register_action("paths.add", lazy("Add a course"), lazy("Added a course to the path"))
    actions.register_action("paths.take_out", lazy("Take out a course"), lazy("Took a course off the path"))
    actions.register_action("paths.move", lazy("Move a course"), lazy("Moved a course on the path"))
    actions.register_action("paths.reason", lazy("Change a reason"), lazy("Changed why a course is on the path"))
    actions.register_action("paths.order", lazy("Change the order"), lazy("Changed how the path is taken"))
    actions.register_action("paths.people", lazy("Choose people"), lazy("Chose who takes a course of the path"))


@hooks.register("register_log_actions")
def team_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action("team.nudge", lazy("Remind"), lazy("Reminded colleagues"))
    actions.register_action("team.reassign", lazy("Reassign"), lazy("Gave a colleague what another was to take"))


@hooks.register("register_log_actions")
def evidence_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action("evidence.accept", lazy("Accept evidence"), lazy("Accepted evidence of prior learning"))
    actions.register_action("evidence.ask", lazy("Ask about evidence"), lazy("Asked about evidence of prior learning"))
    actions.register_action("evidence.withdraw", lazy("Withdraw evidence"), lazy("Withdrew evidence of prior learning"))


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
