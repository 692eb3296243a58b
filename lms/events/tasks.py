"""What recurs about events."""

from lms.events import actions


def move_up() -> None:
    """End the offers nobody took, and offer those places to the next in line."""
    actions.end_offers()
