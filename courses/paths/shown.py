"""A path as pages show it: each course with why it is there, who takes it, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.rules import Level
from courses.paths import selectors
from courses.paths.actions import is_an_advisors
from courses.paths.rules import Changes, changes, suggested
from courses.paths.selectors import Begun, Counted, Heading, Path, Person, Step
from courses.readiness.models import Report
from courses.selectors import Course, Outline, outline
from courses.team.selectors import Team

MOST_NAMES = 5
FIRST_COURSES = 3


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as one reader sees it. `course` is None when it is not offered any more.

    `mine`: the reader takes it; `begun` is None before they have, else whether they have completed it. `first` is what
    they should complete before it.
    """

    step: Step
    number: int
    course: Course | None
    grounds: tuple[str, ...]
    counted: Counted
    takers: tuple[Person, ...]
    everybody: bool
    mine: bool
    begun: bool | None
    first: str = ""
    is_next: bool = False

    @property
    def title(self) -> str:
        return self.course.title if self.course else self.step.title

    @property
    def names(self) -> str:
        return ", ".join(person.name for person in self.takers[:MOST_NAMES])

    @property
    def more(self) -> int:
        """How many take it besides those named."""
        return max(0, len(self.takers) - MOST_NAMES)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the newest report would change on a path: titles of courses that come and that go."""

    report: Report
    come: tuple[str, ...]
    go: tuple[str, ...]
    changes: Changes


def path_shown(request: HttpRequest, company_id: int, reader_id: int) -> dict[str, Any]:
    """The context of a company's path. Five statements, however many courses and people."""
    path = selectors.path_of(company_id)
    known = selectors.headings()
    made_from, newest = selectors.reports_for(path, company_id)
    context: dict[str, Any] = {"path": path, "report": made_from, "newest": newest}
    if path is None:
        return context
    steps = steps_shown(path, outline(request), known, selectors.begun_on(path), reader_id)
    return {
        **context,
        "steps": steps,
        "hours": sum(one.course.hours for one in steps if one.course),
        "unanswered": selectors.unanswered(made_from, known) if made_from else [],
        "suggestion": suggestion(request, path, newest, known),
    }


def steps_shown(
    path: Path, courses: Outline, known: Mapping[str, Heading], begun: Begun, reader_id: int
) -> list[StepShown]:
    """Every step in order; marked is the first one that the reader takes and has not completed."""
    found: list[StepShown] = []
    waiting = ""
    for number, step in enumerate(path.steps, 1):
        course = courses.by_id.get(step.course_id)
        takers = tuple(path.takers(step))
        mine = any(person.id == reader_id for person in takers)
        own = begun.get((reader_id, step.course_id))
        open_now = mine and own is not True and course is not None
        found.append(
            StepShown(
                step=step,
                number=number,
                course=course,
                grounds=grounds_in_words(step, course, known) or required_for(step, path, courses),
                counted=selectors.counted(path, step, begun),
                takers=takers,
                everybody=path.is_for_everybody(step),
                mine=mine,
                begun=own,
                first=waiting if path.ordered and own is not True else "",
                is_next=open_now and not any(one.is_next for one in found),
            )
        )
        if open_now and course:
            waiting = course.title
    return found


def grounds_in_words(step: Step, course: Course | None, known: Mapping[str, Heading]) -> tuple[str, ...]:
    """“Reimbursement is 1.8 of 5: begin at Foundation.”, one for each score."""
    found = []
    for ground in step.grounds:
        topic, level = known.get(ground["topic"]), Level(ground["level"])
        words = {
            "topic": topic.title if topic else ground["topic"],
            "value": localize(Decimal(ground["value"])),
            "level": level.label,
        }
        if course is None or course.level == level:
            found.append(_("%(topic)s is %(value)s of 5: begin at %(level)s.") % words)
        else:
            sentence = _("%(topic)s is %(value)s of 5. No course on it begins at %(level)s; this is the nearest.")
            found.append(sentence % words)
    return tuple(found)


def required_for(step: Step, path: Path, courses: Outline) -> tuple[str, ...]:
    """Why a course is there that no score asks for: those on the path that require it."""
    others = [courses.by_id[pk] for pk in path.courses if pk in courses.by_id]
    titles = [other.title for other in others if step.course_id in other.requires]
    return tuple(_("“%(course)s” asks for it first.") % {"course": title} for title in titles)


def suggestion(
    request: HttpRequest, path: Path, newest: Report | None, known: Mapping[str, Heading]
) -> Suggestion | None:
    """What the company's newest report would change; None when the path is made from it. No statement."""
    if newest is None or newest.pk == path.report_id:
        return None
    recommended = selectors.recommendation(newest, known, selectors.offered_to(request))
    kept = [step.course_id for step in path.steps if is_an_advisors(step)]
    after = suggested(path.courses, [one.course for one in recommended], kept)
    changed, courses = changes(path.courses, after), outline(request).by_id
    titles = {step.course_id: step.title for step in path.steps}
    titles |= {pk: courses[pk].title for pk in {*changed.come, *changed.go} if pk in courses}
    return Suggestion(
        newest,
        come=tuple(titles[pk] for pk in changed.come if pk in titles),
        go=tuple(titles[pk] for pk in changed.go),
        changes=changed,
    )


# --- On other rooms' pages -------------------------------------------------------------------------------------------


def company_section(request: HttpRequest, team: Team) -> SafeString:
    """The path on the company's page: how far everybody is with the first courses. Two statements."""
    path = selectors.path_of(team.company.pk)
    context: dict[str, Any] = {"path": path, "company": team.company}
    if path:
        begun = {(one.user_id, pk): taken.completed for one in team.people for pk, taken in one.courses.items()}
        steps = steps_shown(path, outline(request), {}, begun, request.user.pk or 0)
        left = [one for one in steps if not one.counted.is_done]
        context |= {"steps": left[:FIRST_COURSES], "done": len(steps) - len(left), "total": len(steps)}
    return render_to_string("paths/_company.html", context, request)


def report_section(request: HttpRequest, report: Report) -> SafeString:
    """The path on a report's page: its first courses. One statement."""
    path = selectors.path_of(report.company_id, people=False)
    courses = outline(request).by_id
    steps = [courses[pk] for pk in path.courses if pk in courses] if path else []
    context = {"path": path, "courses": steps[:FIRST_COURSES], "more": len(steps) - FIRST_COURSES}
    return render_to_string("paths/_report.html", context, request)
