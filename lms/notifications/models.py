"""The outbox: every message that is owed, once, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.notifications.rules import MessageState


class Message(models.Model):
    """A message owed to one person. Text is made at send time from `subject`, a reference such as `certificate:<id>`."""

    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(_("about"), max_length=120)
    due = models.DateTimeField(_("due"))
    due_date = models.DateField(_("due date"), help_text=_("The day of `due` in the recipient's time zone."))
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.OWED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "recipient", "subject", "due_date"], name="message_owed_once"),
        ]
        indexes = [
            models.Index(fields=["due"], name="message_open_by_due", condition=Q(state__in=["owed", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id} about {self.subject}"
