"""What is done to messages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms.accounts.models import User
from lms.notifications import kinds
from lms.notifications.models import Message


def owe(kind: str, *, recipient: User, subject: str, due: datetime | None = None) -> Message:
    """Record once that `recipient` is owed a message of `kind` about `subject` (a reference such as `certificate:<id>`).

    Stands in the caller's transaction. Owing it again for the same day (in the recipient's time zone) changes nothing, so a
    caller that may run twice passes a `due` that comes from the facts, not from the clock.
    """
    kinds.kind_named(kind)
    due = due or timezone.now()
    message, _ = Message.objects.get_or_create(
        kind=kind,
        recipient=recipient,
        subject=subject,
        due_date=due.astimezone(ZoneInfo(recipient.time_zone)).date(),
        defaults={"due": due, "next_try": due},
    )
    return message
