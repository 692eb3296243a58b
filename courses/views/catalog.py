"""The catalogue and a course's own page."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from cms.chrome import OWN_NAMES
from cms.private import may_view, refusal
from cms.published import published
from cms.topics.rules import Found, Options
from cms.topics.selectors import topics
from cms.topics.views import answer
from courses import selectors, slots
from courses.evidence.shown import before, entrance
from courses.models import CatalogPage, CoursePage
from courses.rules import Level, StrategySection, continue_at, is_done
from courses.seats.shown import before_start
from courses.selectors import Course, LearnerState, Module, Outline, catalogue
from courses.sharing import course_share
from courses.views.access import course_or_404, keep_private

NOT_STARTED = LearnerState()
FOR_WHOM = {
    Level.FOUNDATION: gettext_lazy("You want to know whether the US is worth the effort, and what it would take."),
    Level.INTERMEDIATE: gettext_lazy(
        "You sell at home, and one US hospital has asked what your product would do for them."
    ),
    Level.ADVANCED: gettext_lazy(
        "You are talking with buyers and payers, and need the second contract to be easier than the first."
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A course's finished entry in the catalogue, for those who have not started it, who have, who completed it."""

    course: Course
    plain: SafeString
    started: SafeString
    completed: SafeString

    def html(self, state: LearnerState) -> SafeString:
        taken = state.enrolments.get(self.course.id)
        if taken is None:
            return self.plain
        return self.completed if taken.completed_at else self.started


def catalog(request: HttpRequest, page: CatalogPage | None = None) -> HttpResponse:
    """All courses, by level, as the address filters them. `page` is a catalogue being previewed."""
    outline = selectors.outline(request)
    if page is None and (refused := refusal(request, outline.restrictions, outline.page_id)):
        return refused
    state = selectors.learner_state(request.user.pk) if request.user.is_authenticated else None
    courses = [course for course in outline.courses if may_view(request, course.restrictions)]
    found = catalogue.found(request, courses, state)
    own = catalogue.how_far_options(courses, state) if state and not found.chips else None
    context = {
        "title": (page.title if page else outline.title) or _("Courses"),
        "introduction": page.introduction if page else outline.introduction,
        "told": told(found),
        "levels": _levels(request, outline, found, state),
        "more": _own_filter(request, own) if own else "",
        "ways": [] if found.count else catalogue.ways_out(request, courses, state, found),
    }
    private = outline.restrictions + tuple(r for course in outline.courses for r in course.restrictions)
    return keep_private(answer(request, "courses/catalog.html", found, context, "courses/_found.html"), private)


def told(found: Found[Course]) -> str:
    """“12 courses”; “3 of 12 courses”."""
    if found.chips:
        words = ngettext("%(shown)d of %(total)d course", "%(shown)d of %(total)d courses", found.total)
    else:
        words = ngettext("%(total)d course", "%(total)d courses", found.total)
    return words % {"shown": found.count, "total": found.total}


def _levels(request: HttpRequest, outline: Outline, found: Found[Course], state: LearnerState | None) -> SafeString:
    """The levels that have a course to show, each with its courses."""
    cards = published(request, ("course-cards", get_language()), lambda: _cards(outline))
    lines: dict[int, list[SafeString]] = defaultdict(list)
    for course in found.matching:
        lines[course.level].append(cards[course.id].html(state or NOT_STARTED))
    bands = published(request, ("course-bands", get_language()), _bands)
    html = [bands[level][0] + "".join(lines[level]) + bands[level][1] for level in Level if lines[level]]
    return mark_safe("".join(html))  # noqa: S308 - our own templates' output


def _own_filter(request: HttpRequest, facet: Options) -> SafeString:
    """A person's own filter, kept by its numbers: many are equally far."""
    name = ("own-filter", get_language(), *((option.value, option.count) for option in facet.options))
    return published(request, name, lambda: render_to_string("cms/_facet.html", {"facet": facet}))


def _bands() -> dict[int, tuple[str, str]]:
    """What stands before and after a level's courses: rendered once per content version and language."""
    mark = SafeString("<!-- courses -->")
    made = {}
    for level in Level:
        context = {"level": level, "for_whom": FOR_WHOM[level], "lines": mark}
        before, after = render_to_string("courses/_level.html", context).split(mark)
        made[int(level)] = (before, after)
    return made


def _cards(outline: Outline) -> dict[int, Card]:
    """Every course's entry: rendered once per content version and language."""
    made: dict[int, Card] = {}
    for course in outline.courses:
        marks = {"plain": "", "started": _("Started"), "completed": _("Completed")}
        first = [one.title for one in outline.required_by(course) if not one.restrictions]
        html = {}
        for name, mark in marks.items():
            context = {"course": course, "mark": mark, "done": name == "completed"}
            context["before"] = first if name == "plain" else []
            html[name] = render_to_string("courses/_card.html", context)
        made[course.id] = Card(course, **html)
    return made


def front_page(request: HttpRequest) -> SafeString:
    """The courses for the front page: up to two a level, as bands of depth. Private courses are left out."""
    open_courses = [course for course in selectors.outline(request).courses if not course.restrictions]
    bands = [course for level in Level for course in [c for c in open_courses if c.level == level][:2]]
    return render_to_string("courses/_depth.html", {"courses": bands}) if bands else SafeString()


def course(request: HttpRequest, course: str, page: CoursePage | None = None) -> HttpResponse:
    """A course: what it is, its modules, and the way in or on. `page` is a course being previewed."""
    if page is not None:
        return render(request, "courses/course_preview.html", {"page": page, "outcomes": page.outcomes.splitlines()})
    found = course_or_404(request, course)
    if refused := refusal(request, found.restrictions, found.page_id):
        return refused
    outline, state = selectors.outline(request), _state(request)
    taken = state.enrolments.get(found.id)
    context: dict[str, Any] = {
        "course": found,
        "share": course_share(request, found),
        "required": before(request, found),
        "taken": taken,
        "entrance": entrance(request, found, state),
        "progress": state.progress(found),
        "modules": _modules(request, found, state),
        "sections": [StrategySection(section).label for section in found.sections],
        "topics": [topic for topic in topics(request) if topic.id in found.topics],
        "for_whom": FOR_WHOM[Level(found.level)],
        "language": dict(OWN_NAMES)[found.language],
        "versions": [(code, dict(OWN_NAMES)[code], url) for code, url in found.versions if code != found.language],
        "crumbs": [(outline.title or _("Courses"), _catalog_url(found)), (found.title, "")],
    }
    if taken is None:
        context["seat"] = before_start(request, found)
    else:
        here = continue_at(found.lessons, state.done, state.passed_in(found), taken.last_lesson)
        following = found.by_id.get(here) if here else None
        context |= {"next": following, "next_url": taken.address_of(following) if following else ""}
        if taken.completed_at:
            held = slots.certificates.collect(request)
            context["certificate"] = next((one for one in held if one.course_id == found.id), None)
    return keep_private(render(request, "courses/course.html", context), found.restrictions)


def _modules(request: HttpRequest, course: Course, state: LearnerState) -> list[dict[str, Any]]:
    """Each module with the state of its lessons; the one to go on with is open."""
    passed = state.passed_in(course)
    enrolled = course.id in state.enrolments
    rows, opened = [], False
    for module in course.modules:
        lessons = [
            {"lesson": lesson, "state": _lesson_state(request, lesson, state, passed, enrolled)}
            for lesson in module.lessons
        ]
        done = sum(is_done(lesson, state.done, passed) for lesson in module.lessons)
        is_open = not opened and done < len(module.lessons)
        opened = opened or is_open
        rows.append({"module": module, "lessons": lessons, "done": done, "total": len(module.lessons), "open": is_open})
    return rows


def _lesson_state(request: HttpRequest, lesson: Any, state: LearnerState, passed: set[str], enrolled: bool) -> str:
    if not may_view(request, lesson.restrictions):
        return "lock"
    if is_done(lesson, state.done, passed):
        return "tick"
    if lesson.id in state.done or any(key in passed for key, _title in lesson.quizzes):
        return "half"
    return "open" if enrolled or lesson.index == 0 else "lock"


def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """A module has no page of its own: it is a place on its course's."""
    found = course_or_404(request, course)
    place: Module | None = next((one for one in found.modules if one.slug == module), None)
    if place is None:
        raise Http404
    return redirect(place.url)


def _state(request: HttpRequest) -> LearnerState:
    return selectors.learner_state(request.user.pk) if request.user.is_authenticated else NOT_STARTED


def _catalog_url(course: Course) -> str:
    return course.url.removesuffix(f"{course.slug}/")
