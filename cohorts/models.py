"""Cohorts and the companies in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cohorts.rules import Stage


class Cohort(ClusterableModel):
    """A run of a programme: companies that go the way together, with their advisors."""

    name = models.CharField(_("name"), max_length=150, help_text=_("For example “USA Next, autumn 2026”."))
    slug = models.SlugField(_("slug"), unique=True, help_text=_("The last part of the cohort’s address."))
    programme = models.CharField(_("programme"), max_length=150, default="USA Next")
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    advisors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("advisors"),
        related_name="cohorts_advised",
        blank=True,
        help_text=_("They see how these companies are doing, and move them from stage to stage."),
    )
    courses = models.ManyToManyField(
        "courses.CoursePage",
        verbose_name=_("courses"),
        related_name="cohorts",
        blank=True,
        help_text=_("Progress in these courses is what the cohort’s pages show."),
    )
    companies = models.ManyToManyField("accounts.Company", through="Participation", related_name="cohorts")

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts", "name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="cohort_ends_after_start"),
        ]
        permissions: ClassVar = [("view_every_cohort", _("Can see every cohort and how its companies are doing"))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:cohort", args=[self.slug])


class Participation(models.Model):
    """A company in a cohort, at one stage of the workflow. Moved only by `cohorts.actions.move_to`."""

    company = models.ForeignKey(
        "accounts.Company", on_delete=models.PROTECT, related_name="participations", verbose_name=_("company")
    )
    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="participations", verbose_name=_("cohort"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.REQUESTED)
    stage_since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("company in a cohort")
        verbose_name_plural = _("companies in cohorts")
        ordering = ["company__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "cohort"],
                name="one_participation_per_cohort",
                violation_error_message=_("This company is in the cohort already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} in {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:participation", args=[self.pk])
