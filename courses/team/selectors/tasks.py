"""What waits for one person in a company: lessons to go on with, courses of its path, an assessment under way."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.models import Enrolment, PathStep, Seat
from courses.selectors import Course, Outline, learner_state
from courses.team.selectors.people import OnCourse, courses_of
from courses.team.selectors.team import Readiness, readiness_of
from lms.accounts.models import Membership


@dataclass(frozen=True, slots=True)
class Tasks:
    """`own` is every course taken for the company, `asked` the courses of its path that the person has not begun."""

    own: list[OnCourse]
    asked: list[Course]
    readiness: Readiness

    @property
    def going_on(self) -> list[OnCourse]:
        return [one for one in self.own if one.next and not one.completed]

    @property
    def nothing_begun(self) -> bool:
        return not self.own and not self.asked

    @property
    def anything(self) -> bool:
        """Whether something waits. Who has begun no course yet has one to choose."""
        return bool(self.going_on or self.asked or self.readiness.left or self.nothing_begun)


def steps_asked_of(membership: Membership) -> QuerySet[PathStep]:
    """The steps of the company's path that this person is to take: those for everybody and those with their name."""
    return (
        PathStep.objects.filter(path__company=membership.company_id)
        .filter(Q(people=None) | Q(people=membership.user_id))
        .order_by("place", "pk")
    )


def steps_naming(membership: Membership) -> QuerySet[PathStep]:
    """The steps of the company's path that name this person, who has not begun them: what can be given on."""
    begun = Enrolment.objects.filter(user=membership.user_id).values("course")
    named = PathStep.objects.filter(path__company=membership.company_id, people=membership.user_id)
    return named.exclude(course__in=begun).order_by("place", "pk")


def seats_held(membership: Membership) -> list[str]:
    """The names of the company's agreements on which the person has a seat. One query."""
    held = Seat.objects.filter(user=membership.user_id, agreement__company=membership.company_id)
    return list(held.order_by("agreement__name").values_list("agreement__name", flat=True))


def tasks_of(membership: Membership, outline: Outline) -> Tasks:
    """What the person has begun for the company and what waits. Five queries at most."""
    state = learner_state(membership.user_id)
    taken = Enrolment.objects.filter(user=membership.user_id, company=membership.company_id)
    own = courses_of(outline, state, set(taken.values_list("course_id", flat=True)))
    steps = [outline.by_id.get(pk) for pk in steps_asked_of(membership).values_list("course_id", flat=True)]
    asked = [course for course in steps if course and course.id not in state.enrolments]
    return Tasks(own, asked, readiness_of(membership.company))
