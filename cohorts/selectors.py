"""Who sees which cohorts and companies, and how those are doing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from cohorts import rules
from cohorts.history import Move
from cohorts.models import Cohort, Participation
from cohorts.rules import CompanyFacts, Pulse, Stage
from courses.models import Enrolment
from courses.selectors import CompanyProgress, Course, LearnerState, company_progress, outline_now, states
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipRole, MembershipState

NOTHING_YET = CompanyProgress()


# --- Who may see what ------------------------------------------------------------------------------------------------


def sees_every_cohort(user: User) -> bool:
    """Superusers, and programme owners by a permission of their role. People who do not work here are not looked up."""
    return user.is_superuser or (user.is_staff and user.has_perm("cohorts.view_every_cohort"))


def may_advise(user: User) -> bool:
    """Whether the advisor's desk is for this person, though nobody may have named them for a cohort yet."""
    return sees_every_cohort(user) or (user.is_staff and user.has_perm("cohorts.change_participation"))


def _companies_of(user: User) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(user=user, state=MembershipState.ACTIVE).values("company")


def _advised_by(user: User) -> QuerySet[Cohort]:
    return Cohort.objects.filter(advisors=user).values("pk")


def cohorts_run_by(user: User) -> QuerySet[Cohort]:
    """Cohorts whose companies this person may move: the advisors' own; every one for superusers."""
    return Cohort.objects.all() if user.is_superuser else Cohort.objects.filter(pk__in=_advised_by(user))


def cohorts_overseen_by(user: User) -> QuerySet[Cohort]:
    """Cohorts of which this person sees all companies: those they run, and every one for programme owners."""
    return Cohort.objects.all() if sees_every_cohort(user) else cohorts_run_by(user)


def cohorts_visible_to(user: User) -> QuerySet[Cohort]:
    """Those they oversee, marked `.overseen`, and those a company of theirs is in."""
    if sees_every_cohort(user):
        return Cohort.objects.annotate(overseen=Value(True))
    own = Participation.objects.filter(company__in=_companies_of(user)).values("cohort")
    marked = Cohort.objects.annotate(overseen=Exists(_advised_by(user).filter(pk=OuterRef("pk"))))
    return marked.filter(Q(overseen=True) | Q(pk__in=own))


def participations_run_by(user: User) -> QuerySet[Participation]:
    """Companies this person may move from stage to stage."""
    everyone = Participation.objects.select_related("company", "cohort")
    return everyone if user.is_superuser else everyone.filter(cohort__in=_advised_by(user))


def companies_run_by(user: User) -> QuerySet[Company]:
    """The companies this person advises: those in cohorts whose companies they may move."""
    return Company.objects.filter(pk__in=participations_run_by(user).values("company"))


def participations_visible_to(user: User) -> QuerySet[Participation]:
    """Companies this person sees in their cohorts: those of the cohorts they oversee, and their own.

    Marked `.run` where the person may move them, and `.overseen` where they see what is kept from the company itself.
    """
    everyone = Participation.objects.select_related("company", "cohort")
    if sees_every_cohort(user):
        advised = Value(True) if user.is_superuser else Exists(_advised_by(user).filter(pk=OuterRef("cohort")))
        return everyone.annotate(run=advised, overseen=Value(True))
    advised = Exists(_advised_by(user).filter(pk=OuterRef("cohort")))
    return everyone.annotate(run=advised, overseen=advised).filter(Q(run=True) | Q(company__in=_companies_of(user)))


def administers(user: User, company_id: int) -> bool:
    """Whether the person is an administrator of the company, who sees how each colleague is doing."""
    return Membership.objects.filter(
        user=user, company=company_id, state=MembershipState.ACTIVE, role=MembershipRole.ADMIN
    ).exists()


# --- How companies are doing -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One company in a cohort, with all a list says of it. `days` is how long it has been in its stage."""

    participation: Participation
    progress: CompanyProgress
    days: int
    reasons: list[str]
    urgency: tuple[int, int]

    @property
    def stage(self) -> Stage:
        return Stage(self.participation.stage)


def lines(participations: Iterable[Participation], now: datetime) -> list[Line]:
    """One line a company, worst first, then by name. The number of queries does not depend on theirs.

    Progress is in the courses of the cohorts given; a company that needs help most is the one with most reasons.
    """
    found = list(participations)
    progress = company_progress({p.company_id for p in found}, _courses_of({p.cohort_id for p in found}))
    made = []
    for participation in found:
        known = progress.get(participation.company_id, NOTHING_YET)
        pulse = Pulse(participation.stage, participation.stage_since, known.people, known.last_active)
        made.append(
            Line(
                participation=participation,
                progress=known,
                days=rules.days(participation.stage_since, now),
                reasons=rules.reasons_for_help(pulse, now),
                urgency=rules.urgency(pulse, now),
            )
        )
    return sorted(made, key=lambda line: (line.urgency, line.participation.company.name.casefold()))


def _courses_of(cohort_ids: Iterable[int]) -> set[int]:
    chosen = Cohort.courses.through.objects.filter(cohort__in=list(cohort_ids))
    return set(chosen.values_list("coursepage_id", flat=True))


@dataclass(frozen=True, slots=True)
class StageGroup:
    """The companies of a cohort that are at one stage, worst first."""

    stage: Stage
    lines: list[Line] = field(default_factory=list)


def by_stage(cohort_lines: Sequence[Line]) -> list[StageGroup]:
    """The stages that have companies, in the order of the way."""
    groups = [StageGroup(stage, [line for line in cohort_lines if line.stage == stage]) for stage in Stage]
    return [group for group in groups if group.lines]


@dataclass(frozen=True, slots=True)
class CohortAtDesk:
    """A cohort with its companies by stage."""

    cohort: Cohort
    groups: list[StageGroup]

    @property
    def companies(self) -> int:
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Desk:
    """What an advisor finds on Monday: whom to call, then every cohort."""

    cohorts: list[CohortAtDesk]
    needing_help: list[Line]

    @property
    def companies(self) -> int:
        return sum(cohort.companies for cohort in self.cohorts)


def desk(cohorts: Sequence[Cohort], now: datetime) -> Desk:
    """All of `cohorts` at once. The number of queries depends neither on theirs nor on that of their companies."""
    participations = Participation.objects.filter(cohort__in=cohorts).select_related("company", "cohort")
    all_lines = lines(participations, now)
    at_desk = [
        CohortAtDesk(cohort, by_stage([line for line in all_lines if line.participation.cohort_id == cohort.pk]))
        for cohort in cohorts
    ]
    return Desk(at_desk, [line for line in all_lines if line.reasons])


def facts_of(participation: Participation) -> CompanyFacts:
    """What a move may ask about, as it is now. One statement."""
    courses = Cohort.courses.through.objects.filter(cohort=participation.cohort_id)
    people = Membership.objects.filter(company=participation.company_id, state=MembershipState.ACTIVE)
    completed = Enrolment.objects.filter(company=participation.company_id, completed_at__isnull=False)
    completed = completed.filter(course__in=courses.values("coursepage"))
    counted = Participation.objects.filter(pk=participation.pk).values_list(
        _number(people, "user", by="company"),
        _number(courses, "coursepage", by="cohort"),
        _number(completed, "user", by="company"),
    )
    return CompanyFacts(*counted.get())


def _number(rows: QuerySet[Any], of: str, *, by: str) -> Coalesce:
    """How many different `of` there are among rows that share their `by`, as a part of a larger statement."""
    counted = rows.order_by().values(by).annotate(number=Count(of, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of a company and where they are in the cohort's courses; lessons of the courses they have begun."""

    name: str
    is_admin: bool
    lessons_done: int = 0
    lessons: int = 0
    completed: int = 0
    last_active: datetime | None = None


def people_of(participation: Participation) -> list[Colleague]:
    """The company's people by name, and where each is. Four statements, however many people and courses."""
    members = Membership.objects.filter(company=participation.company_id, state=MembershipState.ACTIVE)
    listed = list(members.select_related("user").order_by("user__full_name", "pk"))
    courses, found = _courses_of([participation.cohort_id]), states({member.user_id for member in listed})
    outline = {pk: course for pk, course in outline_now().by_id.items() if pk in courses}
    return [_colleague(member, found[member.user_id], courses, outline) for member in listed]


def _colleague(member: Membership, state: LearnerState, courses: set[int], known: dict[int, Course]) -> Colleague:
    taken = [enrolment for course, enrolment in state.enrolments.items() if course in courses]
    progress = [state.progress(known[enrolment.course_id]) for enrolment in taken if enrolment.course_id in known]
    return Colleague(
        name=str(member.user),
        is_admin=member.role == MembershipRole.ADMIN,
        lessons_done=sum(one.lessons_done for one in progress),
        lessons=sum(one.lessons for one in progress),
        completed=sum(enrolment.completed_at is not None for enrolment in taken),
        last_active=max((enrolment.last_seen for enrolment in taken), default=None),
    )


def moves_of(participation: Participation) -> list[Move]:
    """The company's moves, newest first, in words."""
    entries: QuerySet[ModelLogEntry] = registry.get_logs_for_instance(participation)
    return [Move.from_log(entry) for entry in entries.filter(action="cohorts.move").select_related("user")]
