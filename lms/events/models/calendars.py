"""A person's own calendar address."""

from django.db import models
from django.db.models import Q


class CalendarAddress(models.Model):
    """The address of a person's calendar feed. Only a digest of its token is kept.

    `version` tells what was last fetched by it, and `version_since` when it was first fetched so, in whole seconds.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="calendar_addresses")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    version = models.CharField(max_length=64, blank=True, default="")
    version_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_open_calendar_address_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
