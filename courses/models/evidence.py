"""What somebody has learned elsewhere, told so that a course opens to them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.pages import CoursePage
from courses.rules import EvidenceState


class Evidence(models.Model):
    """A person's evidence that they know what comes before a course. An advisor accepts it, or asks for more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evidence")
    company = models.ForeignKey("accounts.Company", on_delete=models.SET_NULL, null=True, related_name="evidence")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="evidence")
    state = models.CharField(_("state"), max_length=10, choices=EvidenceState, default=EvidenceState.SENT)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("evidence of prior learning")
        verbose_name_plural = _("evidence of prior learning")
        ordering = ["sent_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_evidence_per_person_and_course")]

    def __str__(self) -> str:
        return f"{self.user_id} for course {self.course_id}"


class EvidenceEntry(models.Model):
    """What was said or sent, by the person or an advisor. Never changed: a new one follows.

    `file` is a path below `DATA_DIR/private`, never below the media root; `file_name` is what its owner called it.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="entries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=EvidenceState)
    """What the evidence was after this."""
    text = models.TextField(_("text"), max_length=5_000, blank=True)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.state} at {self.at:%Y-%m-%d}"
