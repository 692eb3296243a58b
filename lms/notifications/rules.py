"""The life of a message. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 5
"""How often a message is tried before a person must look at it."""


class MessageState(TextChoices):
    OWED = "owed", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("No longer applies")
    FAILED = "failed", _("Given up")
    UNKNOWN = "unknown", _("Unknown: handed over, not confirmed")
