"""The people of a company and where each is in the courses taken for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courses.models import Enrolment, LessonProgress
from courses.rules import Progress, continue_at
from courses.selectors import Course, LearnerState, Lesson, Outline, Taken, states
from courses.team.rules import is_idle
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipRole, MembershipState, zone
from lms.core.rows import moment, rows
from lms.notifications.models import Message

KIND = "team.nudge"
"""The kind of message that reminds a colleague."""

ROSTER = f"""
SELECT m.id, m.role, m.state, m.since, u.id, u.full_name, u.email, u.time_zone, u.is_active,
       e.id, e.course_id, e.completed_at, e.started_at,
       (SELECT MAX(p.last_seen) FROM {LessonProgress._meta.db_table} p WHERE p.enrolment_id = e.id),
       (SELECT MAX(n.due_date) FROM {Message._meta.db_table} n
         WHERE n.kind = %s AND n.recipient_id = u.id AND n.subject LIKE 'membership:' || m.id || ':%%')
  FROM {Membership._meta.db_table} m JOIN {User._meta.db_table} u ON u.id = m.user_id
  LEFT JOIN {Enrolment._meta.db_table} e ON e.user_id = u.id AND e.company_id = m.company_id
 WHERE m.company_id = %s AND m.state IN (%s, %s)
"""  # noqa: S608 - names of our own tables


@dataclass(frozen=True, slots=True)
class Begun:
    """A course somebody takes for the company: whether it was completed, and when they were last in it."""

    completed: bool
    last_seen: datetime


@dataclass(slots=True)
class Person:
    """One line of a company's page. `asks`: has asked to join, and waits. `courses` is by course id."""

    membership_id: int
    user_id: int
    name: str
    email: str
    is_admin: bool
    asks: bool
    since: datetime
    can_sign_in: bool
    time_zone: str
    reminded_on: date | None
    courses: dict[int, Begun] = field(default_factory=dict)
    now_in: "OnCourse | None" = None
    completed: int = 0

    @property
    def last_active(self) -> datetime | None:
        return max((one.last_seen for one in self.courses.values()), default=None)

    def is_idle(self, now: datetime) -> bool:
        completed = all(one.completed for one in self.courses.values())
        return is_idle(begun=bool(self.courses), completed=completed, last_active=self.last_active, now=now)

    def was_reminded(self, now: datetime) -> bool:
        """Today, where they are."""
        return self.reminded_on == now.astimezone(zone(self.time_zone)).date()


def roster(company: Company) -> list[Person]:
    """Who is in the company or has asked to join, administrators first, then by name. One statement."""
    found: dict[int, Person] = {}
    given = [KIND, company.pk, MembershipState.ACTIVE.value, MembershipState.ASKED.value]
    for pk, *about, enrolment, course, completed, started, seen, told in rows(ROSTER, given):
        person = found.get(pk) or found.setdefault(pk, _person(pk, *about, told))
        if enrolment is not None:
            person.courses[course] = Begun(completed is not None, moment(seen) or _moment(started))
    return sorted(found.values(), key=lambda one: (not one.is_admin, one.name.casefold(), one.membership_id))


def _person(pk: int, role: str, state: str, since: Any, user: int, *about: Any) -> Person:
    name, email, where, can_sign_in, told = about
    return Person(
        membership_id=pk,
        user_id=user,
        name=name or email,
        email=email,
        is_admin=role == MembershipRole.ADMIN,
        asks=state == MembershipState.ASKED,
        since=_moment(since),
        can_sign_in=bool(can_sign_in),
        time_zone=where,
        reminded_on=date.fromisoformat(told) if isinstance(told, str) else told,
    )


def _moment(value: object) -> datetime:
    read = moment(value)
    if read is None:
        raise ValueError(f"no moment: {value!r}")
    return read


def subject_of(membership_id: int, by_id: int) -> str:
    """How the outbox refers to a reminder: whom it is for, and who asks."""
    return f"membership:{membership_id}:by:{by_id}"


def reminded_today(membership: Membership, now: datetime) -> bool:
    """Whether the person has been reminded today, where they are, by whomever."""
    today = now.astimezone(zone(membership.user.time_zone)).date()
    mine = Message.objects.filter(kind=KIND, recipient=membership.user_id, due_date=today)
    return mine.filter(subject__startswith=f"membership:{membership.pk}:").exists()


# --- Where they are --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnCourse:
    """A course somebody takes, and the lesson to go on with: None when nothing is left."""

    course: Course
    taken: Taken
    progress: Progress
    next: Lesson | None

    @property
    def completed(self) -> bool:
        return self.taken.completed_at is not None


def courses_of(outline: Outline, state: LearnerState, ids: Collection[int]) -> list[OnCourse]:
    """Where somebody is in these courses, those still published: the one opened last first, completed ones last."""
    found = []
    for taken in state.enrolments.values():
        course = outline.by_id.get(taken.course_id)
        if course and taken.course_id in ids:
            here = continue_at(course.lessons, state.done, state.passed_in(course), taken.last_lesson)
            lesson = course.by_id[here] if here is not None else None
            found.append(OnCourse(course, taken, state.progress(course), lesson))
    found.sort(key=lambda one: one.taken.last_seen, reverse=True)
    return sorted(found, key=lambda one: one.completed)


def with_courses(people: Iterable[Person], outline: Outline) -> list[Person]:
    """The same people, each with the course they are in now. One statement, however many they are."""
    listed = list(people)
    found = states([person.user_id for person in listed])
    for person in listed:
        own = courses_of(outline, found[person.user_id], person.courses)
        person.now_in = next(iter(own), None)
        person.completed = sum(one.completed for one in person.courses.values())
    return listed
