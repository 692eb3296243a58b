"""The step of the company's path that is next for somebody, on their home."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses.paths.selectors import own_steps
from courses.selectors import outline
from courses.slots import NextStep
from lms.accounts.selectors import current_membership


def next_steps(request: HttpRequest) -> list[NextStep]:
    """The first course of the path they take and have not completed; none while they are in it. One statement."""
    membership = current_membership(request)
    if membership is None:
        return []
    courses, company = outline(request).by_id, membership.company
    steps = own_steps(request.user.pk or 0, company.pk)
    for number, step in enumerate(steps, 1):
        course = courses.get(step.course_id)
        if course is None or step.completed:
            continue
        if step.begun:  # the home goes on with it by itself
            return []
        words = {"number": number, "steps": len(steps), "company": company}
        reason = step.reason or _("Course %(number)s of %(steps)s on the path of %(company)s.") % words
        return [NextStep(title=course.title, reason=reason, url=course.url, label=_("See the course"))]
    return []
