"""What learners do: enrolments, progress, quiz attempts and worksheet answers. Never a Wagtail page."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.pages import CoursePage, LessonPage
from courses.rules import StrategySection


class Enrolment(models.Model):
    """A person in a course. `completed_at` is set once, by `courses.actions`; later edits never undo it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="enrolments")
    company = models.ForeignKey(
        "accounts.Company", on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_enrolment_per_person_and_course")]

    def __str__(self) -> str:
        return f"{self.user_id} in course {self.course_id}"


class LessonProgress(models.Model):
    """Where a learner is in one lesson, with the revision they completed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="progress")
    first_seen = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    views = models.PositiveIntegerField(default=1)
    place = models.CharField(
        max_length=80, blank=True, default="", db_default="", help_text=_("The part of the lesson they were last at.")
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_revision = models.BigIntegerField(
        null=True, blank=True, help_text=_("Id of the revision they completed.")
    )

    class Meta:
        verbose_name_plural = _("lesson progress")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_progress_per_lesson")]

    def __str__(self) -> str:
        return f"enrolment {self.enrolment_id}, lesson {self.lesson_id}"


class QuizAttempt(models.Model):
    """One submitted quiz, graded once, with what was asked at the time. `token` makes a double submit harmless."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="attempts")
    quiz_key = models.CharField(max_length=80)
    token = models.UUIDField()
    answers: Any = models.JSONField(default=dict, help_text=_("Question id to what was answered."))
    result: Any = models.JSONField(
        default=dict, help_text=_("Each question as it was asked, with what was answered and earned.")
    )
    score = models.PositiveSmallIntegerField(_("score, per cent"))
    passed = models.BooleanField(_("passed"))
    revision = models.BigIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "token"], name="one_attempt_per_token"),
            models.CheckConstraint(condition=Q(score__lte=100), name="score_is_per_cent"),
        ]
        indexes = [models.Index(fields=["enrolment", "quiz_key"], name="attempts_by_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz_key}: {self.score}"


class WorksheetAnswer(models.Model):
    """A company's answer to one worksheet question: one shared text. `version` rises with each save."""

    company = models.ForeignKey("accounts.Company", on_delete=models.CASCADE, related_name="worksheet_answers")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="worksheet_answers")
    question_key = models.CharField(max_length=80)
    section = models.CharField(max_length=40, choices=StrategySection, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "question_key"], name="one_answer_per_company_and_question")
        ]

    def __str__(self) -> str:
        return f"{self.question_key} of company {self.company_id}"


class WorksheetAnswerVersion(models.Model):
    """What an answer said before: nothing a colleague wrote is lost."""

    answer = models.ForeignKey(WorksheetAnswer, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="one_text_per_answer_version")]

    def __str__(self) -> str:
        return f"{self.answer_id} version {self.version}"
