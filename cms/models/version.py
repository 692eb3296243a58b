"""The number that says whether anything was published."""

from django.db import models


class ContentVersion(models.Model):
    """One row, with id 1; the number rises with everything editors publish. See cms/published.py."""

    n = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_content_version")]

    def __str__(self) -> str:
        return str(self.n)
