"""What pages show of a course that comes after others, and of evidence: data for their templates."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.private import may_view
from courses import selectors as courses
from courses.evidence import selectors
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState, Progress
from courses.selectors import Course, LearnerState
from courses.team.selectors import Team
from courses.team.waiting import Waiting, named


@dataclass(frozen=True, slots=True)
class Before:
    """A course that comes first. `url` is empty where the reader cannot open its page."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """How a course opens to who asks: what is missing, and how far their evidence is."""

    course: Course
    is_open: bool = True
    missing: tuple[Before, ...] = ()
    evidence: Evidence | None = None

    @property
    def first(self) -> Before | None:
        """The course to begin with."""
        return next((one for one in self.missing if one.url), None)

    @property
    def asked(self) -> bool:
        return self.evidence is not None and self.evidence.state == EvidenceState.ASKED

    @property
    def sent(self) -> bool:
        return self.evidence is not None and self.evidence.state == EvidenceState.SENT

    @property
    def accepted(self) -> bool:
        return self.evidence is not None and self.evidence.state == EvidenceState.ACCEPTED


def entrance(request: HttpRequest, course: Course, state: LearnerState | None = None) -> Entrance:
    """For those signed in; open to everybody else, who sign up first. Queries as `selectors.way_in`.

    Without `state`, what the person has done is read, for courses that require others.
    """
    if not course.requires or not request.user.is_authenticated:
        return Entrance(course)
    state = state or courses.learner_state(request.user.pk)
    found = selectors.way_in(request.user.pk, course, state)
    missing = tuple(one for one in before(request, course) if one.id in found.standing.missing)
    return Entrance(course, found.is_open, missing, found.evidence)


def before(request: HttpRequest, course: Course) -> list[Before]:
    """The courses that come before this one, as far as who asks may see them. No query."""
    outline = courses.outline(request)
    shown = [one for one in outline.required_by(course) if may_view(request, one.restrictions)]
    return [Before(one.id, one.title, one.url if one.id in outline.by_id else "") for one in shown]


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything said about one piece of evidence, with the course it is about, if that is published."""

    evidence: Evidence
    entries: list[EvidenceEntry]
    course: Course | None
    progress: list[tuple[Course, Progress, bool]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.course.title if self.course else self.evidence.course.title

    @property
    def last(self) -> EvidenceEntry | None:
        return self.entries[-1] if self.entries else None

    @property
    def question(self) -> EvidenceEntry | None:
        """What an advisor asked last, while it waits for an answer."""
        last = self.last
        return last if last and last.state == EvidenceState.ASKED else None


def thread(request: HttpRequest, evidence: Evidence, *, with_progress: bool = False) -> Thread:
    """Two queries at most: the entries, and for advisors what the person has done."""
    outline = courses.outline(request)
    progress = []
    if with_progress:
        state = courses.learner_state(evidence.user_id)
        progress = [
            (course, state.progress(course), taken.completed_at is not None)
            for pk, taken in sorted(state.enrolments.items())
            if (course := outline.by_id.get(pk))
        ]
    return Thread(evidence, selectors.entries_of(evidence), outline.by_id.get(evidence.course_id), progress)


def waiting(request: HttpRequest, team: Team) -> list[Waiting]:
    """People whom an advisor has asked something, on their company's page. One query."""
    asked = selectors.waiting_on(team.company)
    own = next((one for one in asked if one.user_id == request.user.pk), None)
    if not asked:
        return []
    words = ngettext(
        "An advisor has asked %(number)d question", "An advisor has asked %(number)d questions", len(asked)
    )
    title, who = words % {"number": len(asked)}, named([str(one.user) for one in asked])
    address = reverse("evidence:one", args=[own.pk]) if own else ""
    return [Waiting(title, who, *((address, _("Answer")) if own else ()))]
