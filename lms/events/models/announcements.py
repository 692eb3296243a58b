"""What organisers write to those who come."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.events.models.events import Event


class Announcement(models.Model):
    """A message of an organiser to registrants, in plain text; the outbox owes it to each person once.

    `to_states` are the states it was written for. `token` comes from the form, so that sending it twice sends once.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="announcements")
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"), max_length=5_000)
    to_states = models.JSONField(default=list)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
