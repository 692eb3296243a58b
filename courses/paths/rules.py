"""From scores to courses: what is recommended, in which order, and what a new report would change. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic a report knows: its value from 1 to 5, the level to begin at, and the site's topics it stands for."""

    topic: str
    value: Decimal
    level: int
    subjects: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offered:
    """A published course; `requires` are the ids of those to complete before it."""

    id: int
    level: int
    topics: frozenset[int] = frozenset()
    requires: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A score a course is recommended for, as the report stated it."""

    topic: str
    value: str
    level: int

    def as_json(self) -> dict[str, Any]:
        return {"topic": self.topic, "value": self.value, "level": self.level}


@dataclass(frozen=True, slots=True)
class Recommended:
    """A course, with the scores it stands on, the lowest first; none: only because a later one requires it."""

    course: int
    grounds: tuple[Ground, ...] = ()


@dataclass(slots=True)
class _Wanted:
    """A course while the path is put together."""

    course: Offered
    for_topics: list[Scored] = field(default_factory=list)

    @property
    def urgency(self) -> tuple[int, Decimal, int]:
        """By level, then the lowest score; the id so that equal ones have an order of their own."""
        return self.course.level, min(one.value for one in self.for_topics), self.course.id


def recommend(scored: Iterable[Scored], offered: Iterable[Offered]) -> list[Recommended]:
    """One course for each topic, each once, in the order to take them; what a course requires stands before it.

    Neither the order of the scores nor that of the courses matters.
    """
    courses = {course.id: course for course in offered}
    wanted: dict[int, _Wanted] = {}
    for topic in sorted(scored, key=lambda one: (one.value, one.topic)):
        if course := course_for(topic, courses.values()):
            wanted.setdefault(course.id, _Wanted(course)).for_topics.append(topic)
    found: dict[int, Recommended] = {}
    for one in sorted(wanted.values(), key=lambda one: one.urgency):
        _take(one.course, courses, wanted, found, frozenset())
    return list(found.values())


def course_for(topic: Scored, offered: Iterable[Offered]) -> Offered | None:
    """The course to begin a topic with: at its level, else at the nearest lower one, else at the nearest higher one.

    It has one of the topic's subjects; a topic without subjects takes any. Of several it is the one that shares most
    of them, then the one about the fewest other things, then the oldest.
    """
    fitting = [course for course in offered if not topic.subjects or topic.subjects & course.topics]
    if not fitting:
        return None

    def fit(course: Offered) -> tuple[bool, int, int, int, int]:
        too_high = course.level > topic.level
        distance = abs(course.level - topic.level)
        return too_high, distance, -len(topic.subjects & course.topics), len(course.topics), course.id

    return min(fitting, key=fit)


def _take(
    course: Offered,
    courses: Mapping[int, Offered],
    wanted: Mapping[int, _Wanted],
    found: dict[int, Recommended],
    above: frozenset[int],
) -> None:
    """Put a course on the path, behind what it requires. Courses that require each other are left as they come."""
    if course.id in found or course.id in above:
        return
    required = [courses[pk] for pk in course.requires if pk in courses]
    for before in sorted(required, key=lambda one: (one.level, one.id)):
        _take(before, courses, wanted, found, above | {course.id})
    grounds = wanted[course.id].for_topics if course.id in wanted else []
    found[course.id] = Recommended(
        course.id, tuple(Ground(one.topic, str(one.value), int(one.level)) for one in grounds)
    )


def suggested(current: Sequence[int], recommended: Sequence[int], kept: Collection[int]) -> list[int]:
    """The courses a path would have: those recommended, and among them those to be kept.

    Each of `kept` stays behind the course it follows now, or in front when nothing of what stood before it stays.
    """
    made = list(recommended)
    for place, course in enumerate(current):
        if course in made or course not in kept:
            continue
        before = next((one for one in reversed(current[:place]) if one in made), None)
        made.insert(0 if before is None else made.index(before) + 1, course)
    return made


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of a path: courses that come, courses that go, and whether those that stay change their order."""

    come: tuple[int, ...] = ()
    go: tuple[int, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.come or self.go or self.reordered)


def changes(before: Sequence[int], after: Sequence[int]) -> Changes:
    stay_before = [course for course in before if course in after]
    stay_after = [course for course in after if course in before]
    return Changes(
        come=tuple(course for course in after if course not in before),
        go=tuple(course for course in before if course not in after),
        reordered=stay_before != stay_after,
    )


def moved(order: Sequence[int], which: int, place: int) -> list[int]:
    """`order` with `which` at `place`, counted from 0; a place beyond an end is that end."""
    rest = [one for one in order if one != which]
    place = max(0, min(place, len(rest)))
    return [*rest[:place], which, *rest[place:]]
