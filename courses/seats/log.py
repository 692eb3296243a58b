"""How what happens with seats reads in the history of their agreement."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter


def register(actions: LogActionRegistry) -> None:
    """Name what `courses.seats.actions` logs."""

    @actions.register_action("seats.give")
    class Give(LogFormatter):
        label = gettext_lazy("Give a seat")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Gave a seat to %(person)s") % log_entry.data

    @actions.register_action("seats.take_back")
    class TakeBack(LogFormatter):
        label = gettext_lazy("Take a seat back")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Took back the seat of %(person)s") % log_entry.data

    @actions.register_action("seats.move")
    class Move(LogFormatter):
        label = gettext_lazy("Give a seat to somebody else")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Gave the seat of %(before)s to %(person)s") % log_entry.data
