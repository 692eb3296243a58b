"""What Wagtail's admin learns from this app: how its actions read in the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.events.actions.attending import UNSEEN


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("events.create", _("Make an event"), _("Made the event"))
    actions.register_action("events.change", _("Change an event"), _("Changed the event"))
    actions.register_action("events.move", _("Move an event"), _("Moved the event to other days"))
    actions.register_action("events.confirm", _("Confirm an event"), _("Confirmed what was tentative"))
    actions.register_action("events.cancel", _("Cancel an event"), _("Cancelled the event"))
    actions.register_action(UNSEEN, _("Take back that somebody was there"), _("Took back that somebody was there"))
