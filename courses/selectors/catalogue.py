"""The catalogue as somebody filtered it. Without filters it is counted once per content version, not per request."""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.published import published
from cms.topics.rules import Chip, Facet, Found, Option, Options, eased, find
from cms.topics.selectors import LANGUAGE, LEVEL, topic_facet, topics
from courses.rules import HowFar, Length, length_of
from courses.selectors.learners import LearnerState
from courses.selectors.structure import Course

LANGUAGES: Facet[Course] = Facet(LANGUAGE.name, LANGUAGE.label, LANGUAGE.choices, lambda course: course.languages)
"""A translated course counts for each of its languages: whoever picks one asks what can be taken in it, not what the
list in front of them is written in. So a Norwegian reader who picks English finds the translated ones too. A line stays
in the reader's language, and a course's own page leads to its others."""

LENGTH: Facet[Course] = Facet("length", _("Length"), dict(Length.choices), lambda course: [length_of(course.hours)])
HOW_FAR = "progress"
NAMES = (LEVEL.name, "topic", LENGTH.name, LANGUAGES.name, HOW_FAR)
"""What stands before the “=” in an address that asks for something."""
NOTHING_ASKED = QueryDict()


def facets(request: HttpRequest) -> list[Facet[Course]]:
    """The filters that everybody has. No query while nothing is published."""
    return [LEVEL, topic_facet(topics(request)), LENGTH, LANGUAGES]


def how_far_facet(state: LearnerState) -> Facet[Course]:
    """The filter by how far this person is."""
    return Facet(HOW_FAR, _("Your progress"), dict(HowFar.choices), lambda course: [how_far(state, course)])


def how_far(state: LearnerState, course: Course) -> HowFar:
    taken = state.enrolments.get(course.id)
    if taken is None:
        return HowFar.NOT_STARTED
    return HowFar.COMPLETED if taken.completed_at else HowFar.UNDER_WAY


def found(request: HttpRequest, courses: Sequence[Course], state: LearnerState | None) -> Found[Course]:
    """Those of the courses somebody may see that fit what the address asks; `state` is a person's.

    What it asks of no filter is ignored. Without one, it is kept for all who may see the same private courses.
    """
    if any(name in request.GET for name in NAMES):
        narrowed = _found(request.GET, courses, _asked(request, state))
        if narrowed.chips:
            return narrowed
    private = tuple(course.id for course in courses if course.restrictions)
    name = ("catalogue", get_language(), private)
    return published(request, name, lambda: _found(NOTHING_ASKED, courses, facets(request)))


def _asked(request: HttpRequest, state: LearnerState | None) -> list[Facet[Course]]:
    return [*facets(request), *([how_far_facet(state)] if state is not None else [])]


def _found(query: QueryDict, courses: Sequence[Course], asked: list[Facet[Course]]) -> Found[Course]:
    """All on one page: a catalogue is read by depth."""
    return find(courses, query, asked, path=reverse("courses:catalog"), per_page=max(len(courses), 1))


def how_far_options(courses: Sequence[Course], state: LearnerState) -> Options | None:
    """The filter by how far a person is, over the whole catalogue; None where that is everywhere the same."""
    reached = Counter(how_far(state, course) for course in courses if course.id in state.enrolments)
    reached[HowFar.NOT_STARTED] = len(courses) - reached.total()
    shown = tuple(Option(far.value, far.label, reached[far], False) for far in HowFar if reached[far])
    return Options(HOW_FAR, _("Your progress"), shown) if len(shown) > 1 else None


def ways_out(
    request: HttpRequest, courses: Sequence[Course], state: LearnerState | None, nothing: Found[Course]
) -> list[tuple[Chip, int]]:
    """Where nothing fits: the filters that, taken away alone, leave something, and how much."""
    return eased(nothing, courses, _asked(request, state))
