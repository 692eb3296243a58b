"""Certificates: issued once, stating what was true then."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import rules


class Certificate(models.Model):
    """One certificate. `key` says what for and makes a second one impossible; `snapshot` is all it states."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("for"), max_length=120, unique=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="certificates",
        verbose_name=_("holder’s account"),
    )
    enrolment = models.ForeignKey(
        "courses.Enrolment",
        on_delete=models.SET_NULL,
        null=True,
        related_name="certificates",
        verbose_name=_("enrolment"),
    )
    snapshot: Any = models.JSONField(_("states"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-id"]
        permissions: ClassVar = [("revoke_certificate", _("Can revoke a certificate"))]

    def __str__(self) -> str:
        return f"{self.statement.holder}: {self.statement.course}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.pk])

    @property
    def statement(self) -> rules.Statement:
        return rules.Statement.from_json(self.snapshot)

    def state(self, now: datetime) -> rules.State:
        return rules.state_of(expires_at=self.expires_at, revoked_at=self.revoked_at, now=now)
