"""When a colleague has been away for long. Pure."""

from datetime import datetime, timedelta

AWAY = timedelta(days=14)
"""How long somebody may be away from what they have begun before their company's page says so."""


def is_idle(*, begun: bool, completed: bool, last_active: datetime | None, now: datetime) -> bool:
    """Whether a colleague has begun nothing, or has been away from something they have not completed."""
    if not begun:
        return True
    return not completed and (last_active is None or now - last_active >= AWAY)
