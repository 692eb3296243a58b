"""What learners have done: one statement, however many courses, lessons and attempts."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils.translation import ngettext

from courses import rules
from courses.models import Enrolment, Evidence, LessonProgress, PathStep, QuizAttempt, WorksheetAnswer
from courses.rules import Progress
from courses.selectors.outline import outline_now
from courses.selectors.structure import Course, Lesson
from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipState
from lms.core.rows import columns, instances, moment, rows

STATE = f"""
SELECT 1, e.user_id, e.course_id, e.id, COALESCE(l.place, ''), e.started_at, e.completed_at, l.last_seen, l.lesson_id
  FROM {Enrolment._meta.db_table} e LEFT JOIN {LessonProgress._meta.db_table} l ON l.id =
       (SELECT p.id FROM {LessonProgress._meta.db_table} p WHERE p.enrolment_id = e.id
         ORDER BY p.last_seen DESC, p.id DESC LIMIT 1)
 WHERE e.user_id IN (%(people)s)
UNION ALL
SELECT 2, e.user_id, e.course_id, p.lesson_id, '', NULL, NULL, NULL, NULL
  FROM {LessonProgress._meta.db_table} p JOIN {Enrolment._meta.db_table} e ON e.id = p.enrolment_id
 WHERE e.user_id IN (%(people)s) AND p.completed_at IS NOT NULL
UNION ALL
SELECT 3, e.user_id, e.course_id, a.lesson_id, a.quiz_key, {{never}}, {{never}}, {{never}},
       MAX(CASE WHEN a.passed THEN 1 ELSE 0 END)
  FROM {QuizAttempt._meta.db_table} a JOIN {Enrolment._meta.db_table} e ON e.id = a.enrolment_id
 WHERE e.user_id IN (%(people)s) GROUP BY e.user_id, e.course_id, a.lesson_id, a.quiz_key
"""  # noqa: S608 - names of our own tables; the numbers of people are the only other thing put in

ANSWERS = f"""
SELECT {columns(WorksheetAnswer, "a")}, {columns(User, "u")}
  FROM {WorksheetAnswer._meta.db_table} a LEFT JOIN {User._meta.db_table} u ON u.id = a.updated_by_id
 WHERE a.company_id = %s AND a.question_key IN (%(keys)s)
"""  # noqa: S608


@dataclass(slots=True)
class Taken:
    """A person's enrolment, with the lesson of it they last opened, when, and the part of it they were at."""

    id: int
    course_id: int
    started_at: datetime
    completed_at: datetime | None
    last_seen: datetime
    last_lesson: int | None = None
    last_place: str = ""

    def address_of(self, lesson: Lesson) -> str:
        """Where to go on with a lesson: at the part they were last at, if it is the one they last opened."""
        return lesson.at(self.last_place) if lesson.id == self.last_lesson else lesson.url


@dataclass(slots=True)
class LearnerState:
    """All a person has done. A lesson done counts wherever it stands now; so does a quiz, with its lesson or course."""

    enrolments: dict[int, Taken] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    passed: set[tuple[int, int, str]] = field(default_factory=set)
    """(course, lesson, quiz key) of every quiz passed."""
    tried: set[tuple[int, str]] = field(default_factory=set)
    """(course, quiz key) of every quiz answered, passed or not."""

    def passed_in(self, course: Course) -> set[str]:
        """The keys of quizzes passed in this course, or in a lesson that stands in it now."""
        return {key for taken, lesson, key in self.passed if taken == course.id or lesson in course.by_id}

    def progress(self, course: Course) -> Progress:
        """How far the person is, whether enrolled or not."""
        taken = self.enrolments.get(course.id)
        completed = taken is not None and taken.completed_at is not None
        return rules.progress(course.lessons, self.done, self.passed_in(course), completed=completed)


def states(people: Collection[int]) -> dict[int, LearnerState]:
    """What each of these people has done, by user id. One statement."""
    found: dict[int, LearnerState] = defaultdict(LearnerState)
    if not people:
        return found
    marks = ", ".join(["%s"] * len(people))
    never = "CAST(NULL AS timestamptz)" if connection.vendor == "postgresql" else "NULL"
    statement = STATE.format(never=never).replace("%(people)s", marks)
    for kind, user, course, ref, key, started, completed, seen, last in rows(statement, [*people] * 3):
        state = found[user]
        if kind == 1:
            begun = moment(started) or datetime.now(UTC)
            state.enrolments[course] = Taken(ref, course, begun, moment(completed), moment(seen) or begun, last, key)
        elif kind == 2:
            state.done.add(ref)
        else:
            state.tried.add((course, key))
            if last:
                state.passed.add((course, ref, key))
    return found


def learner_state(user_id: int) -> LearnerState:
    """What one person has done. One statement."""
    return states([user_id])[user_id]


def begun(user_id: int) -> set[tuple[str, int]]:
    """The courses somebody has started, as `cms.rules.Access.begun` names them. One query."""
    return {("course", pk) for pk in Enrolment.objects.filter(user=user_id).values_list("course_id", flat=True)}


def completed_enrolments() -> QuerySet[Enrolment]:
    """Every enrolment whose course was completed, however the course has changed since."""
    return Enrolment.objects.filter(completed_at__isnull=False)


def progress_of(enrolments: Iterable[Enrolment]) -> dict[int, Progress]:
    """Progress by enrolment id, in two statements at most. A course that is not published any more has no steps."""
    listed = list(enrolments)
    courses, found = outline_now().by_id, states({enrolment.user_id for enrolment in listed})
    made = {}
    for enrolment in listed:
        course = courses.get(enrolment.course_id)
        if course is not None:
            made[enrolment.pk] = found[enrolment.user_id].progress(course)
        else:
            made[enrolment.pk] = rules.progress([], (), (), completed=enrolment.completed_at is not None)
    return made


@dataclass(frozen=True, slots=True)
class CompanyProgress:
    """How a company's people are doing in some courses.

    `people` have an account now, `started` are enrolled, `completed` have completed at least one; lessons are summed
    over those who started; `last_active` is when any of them last opened a lesson.
    """

    people: int = 0
    started: int = 0
    completed: int = 0
    lessons_done: int = 0
    lessons: int = 0
    last_active: datetime | None = None

    @property
    def sentence(self) -> str:
        """“2 of 3 people have started, 1 has completed a course.”"""
        started = ngettext(
            "%(started)s of %(people)s person has started,",
            "%(started)s of %(people)s people have started,",
            self.people,
        )
        completed = ngettext("%(done)s has completed a course.", "%(done)s have completed a course.", self.completed)
        return started % {"started": self.started, "people": self.people} + " " + completed % {"done": self.completed}


def company_progress(companies: Iterable[int], courses: Iterable[int] | None = None) -> dict[int, CompanyProgress]:
    """How companies do in the courses with these page ids; in all courses when none are named. Four statements.

    An enrolment counts for the company it was taken for, also after the person has left it.
    """
    wanted, asked = set(companies), None if courses is None else set(courses)
    known = outline_now().by_id
    members: dict[int, set[int]] = defaultdict(set)
    active = Membership.objects.filter(company__in=wanted, state=MembershipState.ACTIVE)
    for company, user in active.values_list("company_id", "user_id"):
        members[company].add(user)
    taken = Enrolment.objects.filter(company__in=wanted)
    if asked is not None:
        taken = taken.filter(course__in=asked)
    enrolled: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for company, user, course in taken.values_list("company_id", "user_id", "course_id"):
        enrolled[company].append((user, course))
    found = states({user for pairs in enrolled.values() for user, _course in pairs})
    return {
        company: _summed(
            members[company], [(found[user], user, known.get(course), course) for user, course in enrolled[company]]
        )
        for company in wanted
    }


def _summed(members: set[int], taken: list[tuple[LearnerState, int, Course | None, int]]) -> CompanyProgress:
    progress = [state.progress(course) for state, _user, course, _id in taken if course is not None]
    enrolments = [(user, state.enrolments[pk]) for state, user, _course, pk in taken]
    return CompanyProgress(
        people=len(members),
        started=len({user for user, _taken in enrolments}),
        completed=len({user for user, enrolment in enrolments if enrolment.completed_at}),
        lessons_done=sum(one.lessons_done for one in progress),
        lessons=sum(one.lessons for one in progress),
        last_active=max((enrolment.last_seen for _user, enrolment in enrolments), default=None),
    )


def last_attempts(enrolment_id: int, keys: Collection[str]) -> dict[str, QuizAttempt]:
    """The newest attempt at each of these quizzes, by quiz key. One statement; none without quizzes."""
    if not keys:
        return {}
    mine = QuizAttempt.objects.filter(enrolment=enrolment_id, quiz_key__in=keys).order_by()
    newest = mine.values("quiz_key").annotate(newest=Max("pk")).values("newest")
    return {attempt.quiz_key: attempt for attempt in QuizAttempt.objects.filter(pk__in=newest)}


def company_answers(company_id: int, keys: Collection[str]) -> dict[str, WorksheetAnswer]:
    """What a company has written for these worksheet questions, with who wrote it. One statement."""
    if not keys:
        return {}
    found = {}
    statement = ANSWERS.replace("%(keys)s", ", ".join(["%s"] * len(keys)))
    for answer, writer in instances(statement, [company_id, *keys], WorksheetAnswer, User):
        answer.updated_by = writer
        found[answer.question_key] = answer
    return found


def has_results(pages: Iterable[int]) -> bool:
    """Whether learners' results or companies' paths refer to any of these pages, which must not be deleted then."""
    ids = list(pages)
    return (
        Enrolment.objects.filter(course__in=ids).exists()
        or Evidence.objects.filter(course__in=ids).exists()
        or LessonProgress.objects.filter(lesson__in=ids).exists()
        or QuizAttempt.objects.filter(lesson__in=ids).exists()
        or WorksheetAnswer.objects.filter(lesson__in=ids).exists()
        or PathStep.objects.filter(course__in=ids).exists()
    )
