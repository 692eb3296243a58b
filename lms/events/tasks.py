"""What recurs about events."""

from lms.events import actions
from lms.events.actions import attending, feedback


def move_up() -> None:
    """End the offers nobody took, and offer those places to the next in line."""
    actions.end_offers()


def finish() -> None:
    """Say of everybody who had a place at what ended a day ago whether they were there."""
    attending.finish_past()


def ask_for_feedback() -> None:
    """Owe a mail to everybody who was at an event that is over."""
    feedback.ask_for_feedback()
