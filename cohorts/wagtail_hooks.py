"""What Wagtail's admin learns from this app: the cohorts, and how a move reads in the log."""

from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cohorts.history import Move
from cohorts.viewsets import cohort_viewset


@hooks.register("register_admin_viewset")
def cohorts_in_the_admin() -> ViewSet:
    return cohort_viewset


@hooks.register("register_log_actions")
def moves_in_the_log(actions: LogActionRegistry) -> None:
    @actions.register_action("cohorts.move")
    class MoveFormatter(LogFormatter):
        label = "Move a company to another stage"

        def format_message(self, log_entry: Any) -> str:
            return Move.from_log(log_entry).sentence

        def format_comment(self, log_entry: Any) -> str:
            return Move.from_log(log_entry).reason
