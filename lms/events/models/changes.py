"""What organisers changed of when, where and whether: kept, so that everybody can be told what was and what is."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from lms.events.models.events import Event


class Change(models.Model):
    """The schedule as it was before the event got the number `sequence`. `before` is `rules.Schedule.as_json`.

    `moved_days` is set by a move of the whole event, so that the same press of a button moves it once.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    sequence = models.PositiveIntegerField()
    before = models.JSONField()
    moved_days = models.SmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["event", "sequence"], name="one_change_per_sequence")]

    def __str__(self) -> str:
        return f"{self.event_id} before {self.sequence}"
