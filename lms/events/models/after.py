"""What is left of an event: notes, what was agreed, what people thought of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.events.models.events import Event, Session
from lms.events.models.registrations import Registration
from lms.events.rules import QuestionKind


class Note(models.Model):
    """What an organiser wrote down during an event. Seen by its organisers only. `version` rises with every change."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notes")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    company = models.ForeignKey(
        "accounts.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    text = models.TextField(_("note"), max_length=20_000)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk} on {self.event_id}"


class ActionItem(models.Model):
    """Something that was agreed: who does what until when. `company` is whose it is, if it is a company's."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="action_items")
    note = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, blank=True, related_name="action_items")
    company = models.ForeignKey(
        "accounts.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="event_action_items"
    )
    text = models.CharField(_("what"), max_length=250)
    who = models.CharField(_("who"), max_length=150, blank=True)
    due = models.DateField(_("until"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.text


class FeedbackQuestion(models.Model):
    """A question of an event's feedback form: a scale from 1 to 5, or a few words."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_questions")
    text = models.CharField(_("question"), max_length=250)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.SCALE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class FeedbackReply(models.Model):
    """What one person thought. `answers` is by question id; organisers see it without the name."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="feedback")
    answers = models.JSONField(default=dict)
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"feedback {self.pk}"
