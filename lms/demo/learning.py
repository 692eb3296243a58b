"""What the demo people have learned: through the same actions a click calls, at times counted back from today."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from courses import actions
from courses.actions import Written
from courses.models import Enrolment
from courses.rules import CHOICES, Question, Quiz, quiz_from
from courses.selectors import Body, Course, Place, lesson_body
from lms.accounts.models import Company, User

_NAMESPACE = uuid.UUID("6f1a55c4-6f0b-5f0e-9f0a-2f6f7c1b9d10")
EVERYTHING = 10_000


@dataclass(frozen=True, slots=True)
class Way:
    """How far somebody is: lessons done between two days ago; `worksheets` is how many of them they answered."""

    name: str
    company: str
    began: int
    last: int
    lessons: int
    worksheets: int = 0


WAYS = (
    Way("learner", "Example Medtech AS", began=38, last=1, lessons=8, worksheets=3),
    Way("company", "Example Medtech AS", began=39, last=11, lessons=3),
    Way("outsider", "Example Diagnostics AS", began=50, last=8, lessons=EVERYTHING, worksheets=6),
    Way("bjorn", "Example Diagnostics AS", began=20, last=2, lessons=12),
    Way("cecilie", "Example Digital Health AS", began=45, last=24, lessons=2),
    Way("eli", "Example Implants AS", began=58, last=33, lessons=5, worksheets=2),
    Way("jonas", "Example Software AS", began=69, last=60, lessons=1),
)

ANSWERS = {
    "value_proposition": "Example: one patient in five goes home a day earlier, and the ward has the bed.",
    "customer_and_payer": "Example: the cardiology ward uses it, its director decides, the hospital’s own budget pays.",
    "regulatory_pathway": "Example: we believe it is class II. We have found two products that may be predicates.",
    "evidence_and_validation": "Example: a study of 120 patients at two Norwegian hospitals. Nothing from the US yet.",
    "reimbursement": "Example: no code of our own. First the hospital’s budget; remote monitoring later.",
    "states_and_regions": "Example: Minnesota and Massachusetts. We know one cardiologist in each.",
    "partners_and_investors": "Example: a distributor in Minneapolis has asked for a meeting. No investor yet.",
    "organisation_and_budget": "Example: one of us can travel six weeks a year. NOK 2 million is set aside.",
}


def ensure_progress(
    people: dict[str, User], companies: dict[str, Company], course: Course, tick: Callable[[], object]
) -> None:
    """Let everybody in `WAYS` learn, with a `tick` after each. Who has started already is left alone."""
    bodies = {lesson.id: lesson_body(lesson.page_id) or Body(()) for lesson in course.lessons}
    for way in WAYS:
        user, company = people[way.name], companies[way.company]
        if not Enrolment.objects.filter(user=user, course=course.id).exists():
            _learn(user, company, course, bodies, way)
        tick()


def _learn(user: User, company: Company, course: Course, bodies: dict[int, Body], way: Way) -> None:
    today = timezone.now().replace(hour=9, minute=20, second=0, microsecond=0)
    began, last = today - timedelta(days=way.began), today - timedelta(days=way.last)
    actions.enrol(user, course, company=company)
    Enrolment.objects.filter(user=user, course=course.id).update(started_at=began)
    done = course.lessons[: way.lessons]
    for number, lesson in enumerate(done):
        place, when = Place(course, lesson), began + (last - began) * number / max(1, len(done) - 1)
        body = bodies[lesson.id]
        actions.see_lesson(user.pk, place, now=when)
        for part in body.of_type("worksheet") if number < way.worksheets else ():
            _answer(user, company, place, part, when + timedelta(minutes=9))
        for part in body.of_type("quiz"):
            _quiz(user, place, quiz_from(part, course.pass_percent), body, when, stumbles=number % 4 == 1)
        actions.complete_lesson(user.pk, place, now=when + timedelta(minutes=lesson.minutes))
    if len(done) < len(course.lessons):
        actions.see_lesson(user.pk, Place(course, course.lessons[len(done)]), now=last + timedelta(hours=1))


def _answer(user: User, company: Company, place: Place, part: dict[str, Any], when: datetime) -> None:
    written = {
        question["key"]: Written(ANSWERS.get(question["section"], "Example: we do not know yet."))
        for question in part["questions"]
    }
    actions.save_worksheet(user, place, part["questions"], written, company=company, now=when)


def _quiz(user: User, place: Place, quiz: Quiz, body: Body, when: datetime, *, stumbles: bool) -> None:
    """Pass the quiz; at the second attempt, if they stumble."""
    for attempt, right in enumerate((False, True) if stumbles else (True,)):
        actions.submit_quiz(
            user.pk,
            place,
            quiz,
            token=uuid.uuid5(_NAMESPACE, f"{user.email}/{quiz.key}/{attempt}"),
            answers={question.key: _choice(question, right=right) for question in quiz.questions},
            revision=body.revision,
            now=when + timedelta(minutes=5 + attempt),
        )


def _choice(question: Question, *, right: bool) -> tuple[str, ...]:
    if question.kind not in CHOICES:
        best = next(option.text for option in question.options if option.weight == 100)
        return (best.replace("*", ""),) if right else ("0",)
    chosen = [option.id for option in question.options if (option.weight > 0) == right]
    return tuple(chosen if right and question.kind == "multiple" else chosen[:1])
