"""Whether a course is open to somebody, and evidence of prior learning: whose, for whom, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from courses import advising
from courses.evidence import rules
from courses.evidence.rules import Standing
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import Course, LearnerState
from lms.accounts.models import Company, User

DECIDES = "courses.change_evidence"


# --- Whether a course is open ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where somebody stands before a course, with the evidence they have sent for it, if that was looked for."""

    standing: Standing
    evidence: Evidence | None = None

    @property
    def is_open(self) -> bool:
        return self.standing.open


def way_in(user_id: int, course: Course, state: LearnerState) -> WayIn:
    """One query; none for a course without requirements, for those enrolled, and where all required ones are completed.

    `state` is what the person has done.
    """
    completed = {pk for pk, taken in state.enrolments.items() if taken.completed_at}
    found = rules.standing(course.requires, completed, started=course.id in state.enrolments)
    if found.open:
        return WayIn(found)
    evidence = Evidence.objects.filter(user=user_id, course=course.id).first()
    accepted = evidence is not None and evidence.state == EvidenceState.ACCEPTED
    return WayIn(rules.standing(course.requires, completed, accepted=accepted), evidence)


def is_open(user_id: int, course: Course, state: LearnerState) -> bool:
    """Whether the person may begin the course, or has begun it. As many queries as `way_in`."""
    return way_in(user_id, course, state).is_open


def open_ones(user_id: int, courses: Sequence[Course], state: LearnerState) -> list[Course]:
    """Those of the courses that are open to the person, in the same order. One query; none where nothing is missing."""
    completed = {pk for pk, taken in state.enrolments.items() if taken.completed_at}
    shut = {
        course.id
        for course in courses
        if not rules.standing(course.requires, completed, started=course.id in state.enrolments).open
    }
    if shut:
        accepted = Evidence.objects.filter(user=user_id, course__in=shut, state=EvidenceState.ACCEPTED)
        shut -= set(accepted.values_list("course_id", flat=True))
    return [course for course in courses if course.id not in shut]


# --- Whose, and for whom ---------------------------------------------------------------------------------------------


def may_decide(user: User) -> bool:
    """Whether evidence is answered by this person at all. People who do not work here are not looked up."""
    return user.is_superuser or (user.is_staff and user.has_perm(DECIDES))


def evidence_of(user: User) -> QuerySet[Evidence]:
    """What the person has sent."""
    return Evidence.objects.filter(user=user).select_related("user", "company", "course")


def evidence_decided_by(user: User) -> QuerySet[Evidence]:
    """What this person may answer: of the people they advise, never their own."""
    everyone = Evidence.objects.exclude(user=user).select_related("user", "company", "course")
    if not may_decide(user):
        return everyone.none()
    reach = advising.companies_advised_by(user)
    if reach.everybody:
        return everyone
    return everyone.none() if reach.companies is None else everyone.filter(company__in=reach.companies)


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """What they have sent and what they may answer."""
    theirs = evidence_decided_by(user).order_by().values("pk")
    return Evidence.objects.filter(Q(user=user) | Q(pk__in=theirs)).select_related("user", "company", "course")


def advisors_for(evidence: Evidence) -> list[User]:
    """Those who may answer it and can sign in."""
    found = advising.advisors_of(evidence.company_id, DECIDES).filter(is_active=True, is_staff=True)
    return list(found.exclude(pk=evidence.user_id).distinct().order_by("pk"))


def entries_of(evidence: Evidence) -> list[EvidenceEntry]:
    """Everything said and sent, oldest first. One query."""
    return list(EvidenceEntry.objects.filter(evidence=evidence).select_related("by"))


def newest_entry(evidence: Evidence) -> EvidenceEntry | None:
    return EvidenceEntry.objects.filter(evidence=evidence).order_by("-at", "-pk").first()


def evidence_for(user: User, course: Course) -> Evidence | None:
    return Evidence.objects.filter(user=user, course=course.id).first()


# --- What waits ------------------------------------------------------------------------------------------------------


def desk(user: User) -> QuerySet[Evidence]:
    """What this person may answer: first what waits, the longest first, then what is answered, the newest first.

    Each with `.said`, the text of its newest entry. What was withdrawn is left out.
    """
    newest = EvidenceEntry.objects.filter(evidence=OuterRef("pk")).order_by("-at", "-pk")
    waits = Q(state=EvidenceState.SENT)
    return (
        evidence_decided_by(user)
        .exclude(state=EvidenceState.WITHDRAWN)
        .annotate(
            said=Subquery(newest.values("text")[:1]),
            answered=Case(When(waits, then=Value(0)), default=Value(1)),
            waits_since=Case(When(waits, then=F("sent_at"))),
        )
        .order_by("answered", "waits_since", F("decided_at").desc(nulls_last=True), "pk")
    )


def waiting_for(user: User) -> int:
    """How many people wait for this person's answer. One query; none for those who answer nothing."""
    if not may_decide(user):
        return 0
    return evidence_decided_by(user).filter(state=EvidenceState.SENT).order_by().count()


def waiting_on(company: Company) -> list[Evidence]:
    """Evidence of a company's people where an advisor has asked and waits for an answer. One query."""
    asked = Evidence.objects.filter(company=company, state=EvidenceState.ASKED)
    return list(asked.select_related("user", "course").order_by("decided_at", "pk"))
