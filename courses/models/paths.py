"""Which courses a company takes, in which order, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.pages import CoursePage


class LearningPath(models.Model):
    """A company's path: made from its readiness report, adjusted by an advisor. `version` rises with each change."""

    company = models.OneToOneField("accounts.Company", on_delete=models.CASCADE, related_name="learning_path")
    ordered = models.BooleanField(_("one after the other"), default=True)
    report = models.ForeignKey("readiness.Report", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The report it was last made from."""
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    adjusted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    adjusted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    def __str__(self) -> str:
        return f"path of company {self.company_id}"


class PathStep(models.Model):
    """A course on a path. `grounds` are the scores it stands on, as the report stated them: `[{topic, value, level}]`.

    `reason` is what an advisor says instead or besides. `people` are those of the company who take it; none: everybody.
    """

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="steps")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    grounds = models.JSONField(default=list)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="path_steps")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["path", "course"], name="one_step_per_path_and_course")]

    def __str__(self) -> str:
        return f"course {self.course_id} on path {self.path_id}"
