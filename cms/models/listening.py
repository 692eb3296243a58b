"""What is known of listeners: where each is in a recording, and the address of a feed of their own."""

from django.db import models
from django.db.models import Q


class Listening(models.Model):
    """Where a person is in a masterclass or a webinar, so that they go on there on any device. `position` in seconds.

    `finished_at` is when they first came to its end; they then begin again at 0.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="listening")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_place_per_listener")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.page_id} at {self.position}"


class FeedAddress(models.Model):
    """A person's own address of the podcast, with members' episodes. Only a digest of its token is kept."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="feed_addresses")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_open_feed_address_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
