"""What a webinar's page is by now. Pure."""

from datetime import datetime
from enum import Enum

from cms.rules import Kind


class Stage(Enum):
    """Where a webinar stands."""

    COMING = "coming"
    """To come or on just now, or without a date yet."""
    AWAITED = "awaited"
    """Over; there is no recording yet."""
    RECORDED = "recorded"
    """Over; its recording can be seen."""
    CANCELLED = "cancelled"


KINDS = {Stage.COMING: Kind.WEBINAR, Stage.RECORDED: Kind.RECORDING}
"""What it is in lists; of any other stage it is in none."""


def stage_of(*, ends_at: datetime | None, is_cancelled: bool, is_recorded: bool, now: datetime) -> Stage:
    """At its very end a webinar is over. A recording that is there before waits for it."""
    if is_cancelled:
        return Stage.CANCELLED
    if ends_at is None or now < ends_at:
        return Stage.COMING
    return Stage.RECORDED if is_recorded else Stage.AWAITED
