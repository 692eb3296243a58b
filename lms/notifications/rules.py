"""The life of a message. Pure.

owed ──claimed──▶ sending ──handed over, accepted──▶ sent
 ▲                  │ │ └──no longer applies──▶ cancelled
 └──refused, or the ┘ └──handed over, never confirmed──▶ unknown
    sender died first       (a person resolves it: it arrived, or send again)
refused MAX_ATTEMPTS times ──▶ failed (a person looks at it)
"""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 5
"""How often a message is tried before a person must look at it."""

LEASE = timedelta(minutes=10)
"""How long one sender has a message to itself. Far longer than one mail takes (EMAIL_TIMEOUT for each step)."""

SWEEP_LASTS = timedelta(minutes=4)
"""A sweep claims nothing new after this long; it ends before the cluster's own time limit, and the next one goes on."""

SHOWN_AHEAD = timedelta(days=14)
"""How far ahead staff see what will be sent."""


class MessageState(TextChoices):
    OWED = "owed", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("Not sent: no longer applies")
    FAILED = "failed", _("Given up")
    UNKNOWN = "unknown", _("Unknown: handed over, not confirmed")


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the given number of refused attempts: 1, 4, 16, 64 minutes."""
    return timedelta(minutes=4 ** max(0, attempts - 1))


def state_after_refusal(attempts: int) -> MessageState:
    """What a refused message becomes."""
    return MessageState.OWED if attempts < MAX_ATTEMPTS else MessageState.FAILED


CANCELLABLE = frozenset({MessageState.OWED, MessageState.FAILED})
SENDABLE_NOW = frozenset({MessageState.OWED, MessageState.FAILED})
RESOLVABLE = frozenset({MessageState.UNKNOWN})
