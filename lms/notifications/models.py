"""The outbox: every message that is owed, once, and what became of it."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.notifications.rules import MessageState


class Message(models.Model):
    """A message owed to one person. Text is made at send time from `subject`, a reference such as `certificate:<id>`.

    Written only by `lms.notifications.actions`. `claim` names the one sender that has it: whoever finds another claim
    there has lost the message and writes nothing. `handed_over_at` is set just before the mail server gets it.
    """

    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages", verbose_name=_("recipient")
    )
    subject = models.CharField(_("about"), max_length=120)
    due = models.DateTimeField(_("due"))
    due_date = models.DateField(_("due date"), help_text=_("The day of `due` in the recipient's time zone."))
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.OWED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try = models.DateTimeField(_("next attempt"))
    claim = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "recipient", "subject", "due_date"], name="message_owed_once"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENDING) | Q(claim__isnull=False, lease_until__isnull=False),
                name="message_sending_has_a_sender",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try"], name="message_owed", condition=Q(state="owed")),
            models.Index(fields=["lease_until"], name="message_sending", condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id} about {self.subject}"

    @property
    def message_id(self) -> str:
        """The mail's Message-ID: the same every time this message is sent, so that a second copy is seen as one."""
        key = f"{self.kind}|{self.recipient_id}|{self.subject}|{self.due_date.isoformat()}"
        return (
            f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
        )
