"""A demo company's agreement on seats: five for the two courses after the first, two of them in use."""

from datetime import timedelta

from django.utils import timezone

from courses.models import SeatAgreement
from courses.rules import Level
from courses.seats import actions
from courses.selectors import outline_now
from lms.accounts.models import Company, Membership, User

BEGAN_DAYS_AGO, LASTS_DAYS = 75, 365
GIVEN = (("learner", 30), ("ada", 9))
"""Who has a seat, given so many days ago."""


def ensure_seats(company: Company, people: dict[str, User]) -> None:
    """The agreement, with its first seats given by the company's administrator. One that is there is left alone."""
    if SeatAgreement.objects.filter(company=company).exists():
        return
    starts = timezone.localdate() - timedelta(days=BEGAN_DAYS_AGO)
    season = "spring" if starts.month < 7 else "autumn"
    agreement = SeatAgreement.objects.create(
        company=company,
        name=f"USA Next, {season} {starts.year}",
        agreed=4,
        extra=1,
        starts=starts,
        ends=starts + timedelta(days=LASTS_DAYS),
    )
    agreement.courses.set(one.id for one in outline_now().courses if one.level > Level.FOUNDATION)
    for name, days_ago in GIVEN:
        membership = Membership.objects.get(company=company, user=people[name])
        actions.give(agreement, membership, by=people["company"], now=timezone.now() - timedelta(days=days_ago))
