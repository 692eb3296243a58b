"""A company's way through the programme, on the home of its people."""

from django.http import HttpRequest
from django.urls import reverse

from cohorts import rules, selectors
from courses.slots import Way, Waypoint
from lms.accounts.selectors import current_membership


def ways(request: HttpRequest) -> list[Way]:
    """The stepper of each cohort the current company is on its way in, the newest first. One query."""
    membership = current_membership(request)
    if membership is None:
        return []
    return [
        Way(
            title=one.cohort,
            url=reverse("cohorts:participation", args=[one.id]),
            steps=tuple(Waypoint(str(step.label), step.state) for step in rules.steps(one.stage)),
        )
        for one in selectors.ways_of(membership.company_id)
    ]
