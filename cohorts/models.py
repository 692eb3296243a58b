"""Cohorts and the companies in them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.rules import Stage


class Cohort(models.Model):
    """A run of a programme: companies that go the way together, with their advisors."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("slug"), unique=True)
    programme = models.CharField(_("programme"), max_length=150, default="USA Next")
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    advisors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cohorts_advised", blank=True)
    courses = models.ManyToManyField("courses.CoursePage", related_name="cohorts", blank=True)
    companies = models.ManyToManyField("accounts.Company", through="Participation", related_name="cohorts")

    class Meta:
        ordering = ["-starts", "name"]
        constraints = [models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="cohort_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:cohort", args=[self.slug])


class Participation(models.Model):
    """A company in a cohort, at one stage of the workflow. Moved only by `cohorts.actions.move_to`."""

    company = models.ForeignKey("accounts.Company", on_delete=models.PROTECT, related_name="participations")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participations")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.REQUESTED)
    stage_since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["company__name"]
        constraints = [models.UniqueConstraint(fields=["company", "cohort"], name="one_participation_per_cohort")]

    def __str__(self) -> str:
        return f"{self.company} in {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:participation", args=[self.pk])
