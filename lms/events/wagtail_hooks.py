"""What Wagtail's admin learns from this app: how its actions read in the log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from lms.events.actions.attending import UNSEEN

ANSWERS = {
    "events.approve": gettext_lazy("Approved"),
    "events.decline": gettext_lazy("Declined"),
    "events.cancel_registrations": gettext_lazy("Taken off the list"),
    "events.offer_out_of_turn": gettext_lazy("Offered a place out of turn"),
    "events.split": gettext_lazy("Group split: each comes as a place comes free"),
    "events.message": gettext_lazy("Message sent to registrants"),
}
"""What organisers do to registrations, by the name in the log."""

DEEDS = {
    "events.create": (gettext_lazy("Make an event"), gettext_lazy("Made the event")),
    "events.change": (gettext_lazy("Change an event"), gettext_lazy("Changed the event")),
    "events.move": (gettext_lazy("Move an event"), gettext_lazy("Moved the event to other days")),
    "events.confirm": (gettext_lazy("Confirm an event"), gettext_lazy("Confirmed what was tentative")),
    "events.cancel": (gettext_lazy("Cancel an event"), gettext_lazy("Cancelled the event")),
    UNSEEN: (gettext_lazy("Take back that somebody was there"), gettext_lazy("Took back that somebody was there")),
}
"""What is done to an event, by the name in the log: what it is called, and how it reads."""


def sentence(action: str, data: dict[str, Any]) -> str:
    """What was done, and for how many."""
    people = data.get("people", len(data.get("registrations", [])))
    counted = ngettext("%(people)s person", "%(people)s people", people) % {"people": people}
    return _("%(done)s: %(people)s") % {"done": ANSWERS[action], "people": counted}


@hooks.register("register_log_actions")
def events_in_the_log(actions: LogActionRegistry) -> None:
    for name, (called, done) in DEEDS.items():
        actions.register_action(name, called, done)


@hooks.register("register_log_actions")
def answers_in_the_log(actions: LogActionRegistry) -> None:
    for name, words in ANSWERS.items():

        @actions.register_action(name)
        class AnswerFormatter(LogFormatter):
            label = words

            def format_message(self, log_entry: Any) -> str:
                return sentence(log_entry.action, log_entry.data)

            def format_comment(self, log_entry: Any) -> str:
                return str(log_entry.data.get("reason", ""))
