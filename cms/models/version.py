"""The number that says whether anything was published."""

from django.db import models


class ContentVersion(models.Model):
    """One row, with id 1; the number rises with everything editors publish. See cms/published.py."""

    n = models.PositiveBigIntegerField(default=1)
    changed = models.PositiveBigIntegerField(default=0)
    """When it last rose, in seconds since 1970: what HTTP's Last-Modified counts in. 0: never."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_content_version")]

    def __str__(self) -> str:
        return str(self.n)
