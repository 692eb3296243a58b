"""What the history of a page may say beyond Wagtail's own words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")
def refused_schedules(actions: Any) -> None:
    @actions.register_action("landfall.schedule_refused")
    class ScheduleRefused(LogFormatter):
        label = gettext_lazy("Not published as scheduled")

        def format_message(self, entry: Any) -> str:
            return _("Was not published as scheduled: %(reason)s") % {"reason": entry.data.get("reason", "")}
