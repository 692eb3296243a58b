"""The sweep that sends what is due."""

import logging
from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from lms.notifications import actions, reminders, selectors
from lms.notifications.post import Post
from lms.notifications.rules import SWEEP_LASTS

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Swept:
    """What one sweep did: messages by the state they got, and those that failed."""

    states: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)


def send_due() -> None:
    """Send whatever is due. A late, repeated or killed run only finishes the work; two at once share it."""
    swept = sweep()
    if swept.failed:
        raise RuntimeError(f"not sent: messages {swept.failed}")


def sweep() -> Swept:
    """One sweep. A message that fails is recorded and the rest go on; a mail server that cannot be reached ends it."""
    swept = Swept()
    ends = timezone.now() + SWEEP_LASTS
    reminders.owe_asks()
    actions.recover_expired()
    with Post() as post:
        for message_id in selectors.ids_due():
            if timezone.now() > ends:
                break
            post.ready()  # before an attempt is counted: it is not the message's fault
            message = actions.claim(message_id)
            if message is None:
                continue
            try:
                swept.states[post.deliver(message)] += 1
            except Exception:
                logger.exception("not sent: message=%s kind=%s", message.pk, message.kind)
                swept.failed.append(message.pk)
    return swept
