"""When places can be asked for, and until when people change their own registration. Pure."""

from datetime import datetime
from enum import StrEnum


class Window(StrEnum):
    """Where an event stands for somebody who wants to come."""

    CANCELLED = "cancelled"
    OVER = "over"
    NOT_YET = "not yet"
    OPEN = "open"
    CLOSED = "closed"


def window(
    *,
    cancelled: bool,
    opens_at: datetime | None,
    closes_at: datetime | None,
    ends_at: datetime | None,
    now: datetime,
) -> Window:
    """Whether places can be asked for now. Without a closing time that is until the event ends."""
    if cancelled:
        return Window.CANCELLED
    if ends_at and now >= ends_at:
        # A closing time after the end, for people who are added afterwards, keeps the list open.
        return Window.OPEN if closes_at and now < closes_at else Window.OVER
    if opens_at and now < opens_at:
        return Window.NOT_YET
    return Window.CLOSED if closes_at and now >= closes_at else Window.OPEN
