"""How far someone is in a course. Pure.

The one calculation that learner, company, advisor, certificate and report show. docs/decisions/0007-progress.md says
what happens when a course changes while people are in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LessonOutline(Protocol):
    """What progress needs to know of a lesson: `quizzes` are (key, title)."""

    @property
    def id(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def quizzes(self) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """Where someone is. `next_lesson` is a lesson id; None when there is nothing left to do."""

    lessons_done: int
    lessons: int
    quizzes_passed: int
    quizzes: int
    complete: bool
    next_lesson: int | None
    minutes_left: int

    @property
    def steps_done(self) -> int:
        return self.lessons_done + self.quizzes_passed

    @property
    def steps(self) -> int:
        return self.lessons + self.quizzes

    @property
    def percent(self) -> int:
        """Of lessons and quizzes together, rounded down: 100 only when all is done, or was when it was completed."""
        if self.complete:
            return 100
        return 100 * self.steps_done // self.steps if self.steps else 0

    @property
    def started(self) -> bool:
        return self.complete or self.steps_done > 0

    @property
    def sentence(self) -> str:
        """What stands beside the figure, so that it explains itself: “4 of 15 lessons. Quizzes: 1 of 3 passed.”"""
        if self.complete and self.steps_done < self.steps:
            added = self.steps - self.steps_done
            return ngettext(
                "Completed. %(added)s step is new or changed since then, if you like.",
                "Completed. %(added)s steps are new or changed since then, if you like.",
                added,
            ) % {"added": added}
        lessons = ngettext("%(done)s of %(total)s lesson.", "%(done)s of %(total)s lessons.", self.lessons)
        words = lessons % {"done": self.lessons_done, "total": self.lessons}
        if self.quizzes:
            words += " " + _("Quizzes: %(passed)s of %(total)s passed.") % {
                "passed": self.quizzes_passed,
                "total": self.quizzes,
            }
        return words


def progress(
    lessons: Sequence[LessonOutline], done: Collection[int], passed: Collection[str], *, completed: bool = False
) -> Progress:
    """How far someone is in `lessons`, the course as it stands, having done the lessons and passed the quizzes given.

    Only what stands in the course counts, in both directions: a removed lesson neither helps nor holds back.
    `completed` says that the course was completed before: that stays, whatever was added since.
    """
    keys = [key for lesson in lessons for key, _title in lesson.quizzes]
    open_lessons = [lesson for lesson in lessons if not is_done(lesson, done, passed)]
    lessons_done = sum(lesson.id in done for lesson in lessons)
    quizzes_passed = sum(key in passed for key in keys)
    all_done = bool(lessons) and lessons_done == len(lessons) and quizzes_passed == len(keys)
    return Progress(
        lessons_done=lessons_done,
        lessons=len(lessons),
        quizzes_passed=quizzes_passed,
        quizzes=len(keys),
        complete=completed or all_done,
        next_lesson=open_lessons[0].id if open_lessons else None,
        minutes_left=sum(lesson.minutes for lesson in open_lessons),
    )


def continue_at(
    lessons: Sequence[LessonOutline], done: Collection[int], passed: Collection[str], last: int | None
) -> int | None:
    """The lesson to go on with: the one opened last if something is left to do in it, else the next open one after it.

    Then the first open one; None when nothing is left.
    """
    order = [lesson.id for lesson in lessons]
    at = order.index(last) if last in order else 0
    turned = [*lessons[at:], *lessons[:at]]
    return next((lesson.id for lesson in turned if not is_done(lesson, done, passed)), None)


def is_done(lesson: LessonOutline, done: Collection[int], passed: Collection[str]) -> bool:
    """Whether nothing is left to do in a lesson: marked as done, and its quizzes passed."""
    return lesson.id in done and all(key in passed for key, _title in lesson.quizzes)
