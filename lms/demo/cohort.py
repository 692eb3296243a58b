"""A cohort that is half-way: every company at another stage, moved there step by step by the advisor."""

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import ModelLogEntry

from cohorts.actions import move_to
from cohorts.models import Cohort, Participation
from cohorts.rules import Stage
from courses.models import CoursePage
from lms.accounts.models import Company, User

SLUG = "usa-next-demo"
BEGAN_DAYS_AGO, ENDS_IN_DAYS = 75, 110
EARLIER = "They finished the course in an earlier cohort."

MOVES: dict[str, tuple[tuple[Stage, int, str], ...]] = {
    "Example Medtech AS": ((Stage.ADMITTED, 70, ""), (Stage.MAPPING, 62, ""), (Stage.TRAINING, 40, "")),
    "Example Diagnostics AS": (
        (Stage.ADMITTED, 70, ""),
        (Stage.MAPPING, 66, ""),
        (Stage.TRAINING, 52, ""),
        (Stage.DRAFTING, 6, ""),
    ),
    "Example Digital Health AS": ((Stage.ADMITTED, 68, ""), (Stage.MAPPING, 60, ""), (Stage.TRAINING, 47, "")),
    "Example Implants AS": (
        (Stage.ADMITTED, 70, ""),
        (Stage.MAPPING, 69, ""),
        (Stage.TRAINING, 60, ""),
        (Stage.DRAFTING, 50, EARLIER),
        (Stage.REVIEW, 12, ""),
    ),
    "Example Biotech AS": ((Stage.ADMITTED, 30, ""), (Stage.MAPPING, 5, "")),
    "Example Monitoring AS": ((Stage.ADMITTED, 3, ""),),
    "Example Robotics AS": (),
    "Example Software AS": (
        (Stage.ADMITTED, 72, ""),
        (Stage.MAPPING, 71, ""),
        (Stage.TRAINING, 70, ""),
        (Stage.DRAFTING, 65, EARLIER),
        (Stage.REVIEW, 40, ""),
        (Stage.RECOMMENDED, 33, ""),
        (Stage.IMPLEMENTING, 21, ""),
    ),
}
ASKED_DAYS_AGO = {"Example Robotics AS": 9, "Example Monitoring AS": 12, "Example Biotech AS": 41}


def ensure_cohort(companies: dict[str, Company], course: CoursePage, advisor: User) -> Cohort:
    """The demo cohort, its dates and moves counted back from today; nothing that is there already is touched."""
    now = timezone.now()
    starts = timezone.localdate() - timedelta(days=BEGAN_DAYS_AGO)
    season = "spring" if starts.month < 7 else "autumn"
    cohort, made = Cohort.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": f"USA Next, {season} {starts.year}",
            "starts": starts,
            "ends": timezone.localdate() + timedelta(days=ENDS_IN_DAYS),
        },
    )
    if made:
        cohort.advisors.add(advisor)
        cohort.courses.add(course)
    for name, moves in MOVES.items():
        asked = now - timedelta(days=ASKED_DAYS_AGO.get(name, BEGAN_DAYS_AGO))
        participation, made = Participation.objects.get_or_create(
            cohort=cohort, company=companies[name], defaults={"stage_since": asked}
        )
        for stage, days_ago, reason in moves if made else ():
            _move(participation, stage, now - timedelta(days=days_ago), advisor, reason)
    return cohort


def _move(participation: Participation, stage: Stage, when: datetime, advisor: User, reason: str) -> None:
    """Move as an advisor would, then let it have happened when it should have."""
    last = ModelLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    move_to(participation, stage, by=advisor, reason=reason)
    Participation.objects.filter(pk=participation.pk).update(stage_since=when)
    ModelLogEntry.objects.filter(pk__gt=last, action="cohorts.move").update(timestamp=when)
