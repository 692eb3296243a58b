"""The recurring job of pages that present events (lms/schedules.py)."""

from cms.presenting import actions


def keep_up() -> None:
    """Let lists and search follow the events: a webinar that is over is no webinar to come."""
    actions.keep_up()
