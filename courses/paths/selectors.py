"""Companies' paths, read: each function says how many statements it takes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import translation

from courses.models import Enrolment, LearningPath, PathStep
from courses.paths.rules import Offered, Recommended, Scored, recommend
from courses.readiness.models import Report
from courses.readiness.models import Topic as ReadinessTopic
from courses.selectors import Outline, outline, outline_now
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipRole, MembershipState

TAKEN_BY = PathStep.people.through._meta.db_table

# --- A path and who takes it -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A course on a path. `grounds` are `{topic, value, level}`; `people` were chosen, none of them: everybody."""

    id: int
    course_id: int
    title: str
    """As the editors' page is called: for a course that is not offered any more."""
    grounds: tuple[Mapping[str, Any], ...]
    reason: str
    added_by: str
    """The name of the advisor who put it there; empty when the report did."""
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the company."""

    id: int
    name: str
    is_admin: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A company's path. `adjusted_by` is a name, empty where the person is gone or nobody adjusted it."""

    id: int
    company_id: int
    ordered: bool
    version: int
    report_id: int | None
    made_at: datetime
    adjusted_by: str
    adjusted_at: datetime | None
    steps: tuple[Step, ...]
    people: tuple[Person, ...] = ()

    @property
    def courses(self) -> list[int]:
        return [step.course_id for step in self.steps]

    def takers(self, step: Step) -> list[Person]:
        """Who of the company takes a step. When everybody chosen has left, it is for everybody again."""
        chosen = [person for person in self.people if person.id in step.people]
        return chosen or list(self.people)

    def is_for_everybody(self, step: Step) -> bool:
        return not any(person.id in step.people for person in self.people)


OF_PATH = ("pk", "ordered", "version", "report_id", "made_at", "adjusted_at")
NAMES = ("adjusted_by__full_name", "adjusted_by__email", "steps__added_by__full_name", "steps__added_by__email")
OF_STEP = ("steps__pk", "steps__course_id", "steps__course__title", "steps__grounds", "steps__reason")


def path_of(company_id: int, *, people: bool = True) -> Path | None:
    """The company's path with its steps in order, and with `people` everybody who may take them. One statement each."""
    found = LearningPath.objects.filter(company=company_id).order_by("steps__place", "steps__pk")
    lines = list(found.values(*OF_PATH, *OF_STEP, *NAMES))
    if not lines:
        return None
    chosen, colleagues = _people_of(company_id) if people else ({}, ())
    first = lines[0]
    return Path(
        id=first["pk"],
        company_id=company_id,
        adjusted_by=first["adjusted_by__full_name"] or first["adjusted_by__email"] or "",
        steps=tuple(_step(line, chosen) for line in lines if line["steps__pk"]),
        people=colleagues,
        **{name: first[name] for name in OF_PATH if name != "pk"},
    )


def _step(line: Mapping[str, Any], chosen: Mapping[int, set[int]]) -> Step:
    return Step(
        id=line["steps__pk"],
        course_id=line["steps__course_id"],
        title=line["steps__course__title"],
        grounds=tuple(line["steps__grounds"]),
        reason=line["steps__reason"],
        added_by=line["steps__added_by__full_name"] or line["steps__added_by__email"] or "",
        people=frozenset(chosen.get(line["steps__pk"], ())),
    )


def _people_of(company_id: int) -> tuple[dict[int, set[int]], tuple[Person, ...]]:
    """Who is chosen for which step, and everybody of the company by name. One statement."""
    active = Membership.objects.filter(company=company_id, state=MembershipState.ACTIVE)
    names = ("user_id", "user__full_name", "user__email", "role", "user__path_steps")
    chosen: dict[int, set[int]] = {}
    people: dict[int, Person] = {}
    for pk, name, email, role, step in active.order_by("user__full_name", "user_id").values_list(*names):
        people.setdefault(pk, Person(pk, name or email, role == MembershipRole.ADMIN))
        if step is not None:
            chosen.setdefault(step, set()).add(pk)
    return chosen, tuple(people.values())


@dataclass(frozen=True, slots=True)
class Counted:
    """Of those who take a step: how many there are, have begun it, and have completed it."""

    takers: int
    begun: int
    completed: int

    @property
    def is_done(self) -> bool:
        return self.takers > 0 and self.completed == self.takers


Begun = Mapping[tuple[int, int], bool]
"""By person and course, of those begun: whether it is completed."""


def begun_on(path: Path) -> Begun:
    """How far the path's people are in its courses. One statement."""
    taken = Enrolment.objects.filter(course__in=path.courses, user__in=[person.id for person in path.people])
    found = taken.values_list("user_id", "course_id", "completed_at")
    return {(user, course): completed is not None for user, course, completed in found}


def counted(path: Path, step: Step, begun: Begun) -> Counted:
    done = [begun.get((person.id, step.course_id)) for person in path.takers(step)]
    return Counted(len(done), sum(one is not None for one in done), sum(one is True for one in done))


# --- Who may do what -------------------------------------------------------------------------------------------------


def steps_of(company_id: int) -> QuerySet[PathStep]:
    """The steps of a company's path."""
    return PathStep.objects.filter(path__company=company_id).select_related("path")


# --- What is recommended ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A readiness topic: its title in the active language, and the site's topics it stands for."""

    title: str
    subjects: frozenset[int]


def headings() -> dict[str, Heading]:
    """Every readiness topic by key, in the questionnaire's order. One statement."""
    titles: dict[str, str] = {}
    subjects: dict[str, set[int]] = defaultdict(set)
    found = ReadinessTopic.objects.order_by("place", "pk").values_list("key", "title", "title_nb", "subjects")
    for key, title, title_nb, subject in found:
        titles[key] = ReadinessTopic(title=title, title_nb=title_nb).text("title")
        if subject is not None:
            subjects[key].add(subject)
    return {key: Heading(title, frozenset(subjects[key])) for key, title in titles.items()}


def newest_report(company_id: int) -> Report | None:
    return Report.objects.filter(company=company_id).order_by("-finished_at", "-pk").first()


def reports_for(path: Path | None, company_id: int) -> tuple[Report | None, Report | None]:
    """The report a path was made from, and the company's newest one; often the same. One statement."""
    newest = Report.objects.filter(company=company_id).order_by("-finished_at", "-pk").values("pk")[:1]
    wanted = Q(pk=Subquery(newest))
    if path and path.report_id:
        wanted |= Q(pk=path.report_id)
    found = sorted(Report.objects.filter(wanted), key=lambda one: (one.finished_at, one.pk))
    made_from = next((one for one in found if path and one.pk == path.report_id), None)
    return made_from, found[-1] if found else None


def recommendation(report: Report, known: Mapping[str, Heading], offered: Collection[Offered]) -> list[Recommended]:
    """What a report recommends of these courses. No statement."""
    nothing = Heading("", frozenset())
    scored = [
        Scored(one["topic"], Decimal(one["value"]), int(one["level"]), known.get(one["topic"], nothing).subjects)
        for one in report.content.get("scores", ())
        if one["value"] is not None and one["level"] is not None
    ]
    return recommend(scored, offered)


def unanswered(report: Report, known: Mapping[str, Heading]) -> list[str]:
    """The titles of topics the company was asked about and left open: nothing is recommended for them."""
    open_topics = [
        one["topic"] for one in report.content.get("scores", ()) if one["value"] is None and one["applicable"]
    ]
    return [known[topic].title for topic in open_topics if topic in known]


def offered_to(request: HttpRequest) -> list[Offered]:
    """The courses that may be recommended, the same for every reader. No statement while nothing is published."""
    with translation.override(settings.LANGUAGE_CODE):
        return _offered(outline(request))


def offered_now() -> list[Offered]:
    """The same without a request. One statement while nothing is published."""
    return _offered(outline_now())


def _offered(known: Outline) -> list[Offered]:
    """Courses that only some may open are not recommended; an advisor may still add them."""
    return [
        Offered(course.id, course.level, course.topics, course.requires)
        for course in known.courses
        if not course.restrictions
    ]
