"""How many people of a company may take courses that an agreement limits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.pages import CoursePage


class SeatAgreement(models.Model):
    """So many people of a company may take these courses. What is left is computed, never stored.

    A programme is an agreement on several courses: one seat opens them all. A course on no agreement of the company
    is not limited for it. `starts` and `ends` are the first and the last day; empty means without limit. A course is
    named by its first page in any language, as enrolments name it.
    """

    company = models.ForeignKey("accounts.Company", on_delete=models.PROTECT, related_name="seat_agreements")
    name = models.CharField(_("name"), max_length=150, help_text=_("For example “USA Next, autumn 2026”."))
    courses = models.ManyToManyField(CoursePage, verbose_name=_("courses"), related_name="seat_agreements")
    agreed = models.PositiveIntegerField(_("seats agreed"))
    extra = models.PositiveIntegerField(_("seats added later"), default=0)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement on seats")
        verbose_name_plural = _("agreements on seats")
        ordering = ["company__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="one_seat_agreement_per_name"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")), name="seats_end_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.company}"

    @property
    def total(self) -> int:
        return self.agreed + self.extra


class Seat(models.Model):
    """A seat of an agreement, used by one person."""

    agreement = models.ForeignKey(SeatAgreement, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["taken_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "user"], name="one_seat_per_person_and_agreement")]

    def __str__(self) -> str:
        return f"{self.user_id} in agreement {self.agreement_id}"
