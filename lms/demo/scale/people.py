"""Learners in bulk, and what they do."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cohorts.models import Cohort, Participation
from cohorts.rules import Stage
from courses.models import CoursePage, Enrolment, LessonPage, LessonProgress
from lms.accounts import roles
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipRole
from lms.demo.people import PASSWORD
from lms.demo.scale.size import BATCH, MARK, SEED, START, Size

PEOPLE_IN_A_COMPANY = 4
COMPANIES_IN_A_COHORT = 25


def load_people(size: Size) -> list[User]:
    """Learners with a verified address, in companies of four, whose first is the administrator; and one advisor."""
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        [
            User(email=f"learner-{n}@{MARK}.example", full_name=f"Learner {n}", password=password, date_joined=START)
            for n in range(1, size.learners + 1)
        ],
        batch_size=BATCH,
    )
    count = -(-size.learners // PEOPLE_IN_A_COMPANY)
    companies = Company.objects.bulk_create(
        [Company(name=f"Scale {n} AS", created_at=START) for n in range(1, count + 1)]
    )
    Membership.objects.bulk_create(
        [
            Membership(
                user=person,
                company=companies[at // PEOPLE_IN_A_COMPANY],
                role=MembershipRole.MEMBER if at % PEOPLE_IN_A_COMPANY else MembershipRole.ADMIN,
            )
            for at, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people],
        batch_size=BATCH,
    )
    return people


def load_enrolments(size: Size, people: list[User], courses: list[CoursePage]) -> list[Enrolment]:
    """Everybody in some of the courses."""
    chance = Random(SEED)  # noqa: S311 - data, not secrets
    company = dict(Membership.objects.values_list("user_id", "company_id"))
    return Enrolment.objects.bulk_create(
        [
            Enrolment(
                user=person,
                course=course,
                company_id=company[person.pk],
                started_at=START + timedelta(days=chance.randrange(90)),
            )
            for person in people
            for course in chance.sample(courses, min(size.enrolments, len(courses)))
        ],
        batch_size=BATCH,
    )


def load_progress(enrolments: list[Enrolment], lessons: dict[int, list[LessonPage]]) -> int:
    """A row for every lesson of every enrolment: all seen, the first few completed, never the last."""
    chance, count = Random(SEED + 1), 0  # noqa: S311
    for start in range(0, len(enrolments), BATCH):
        rows = [
            row
            for enrolment in enrolments[start : start + BATCH]
            for row in _rows(enrolment, lessons[enrolment.course_id], chance)
        ]
        LessonProgress.objects.bulk_create(rows, batch_size=BATCH)
        count += len(rows)
    return count


def _rows(enrolment: Enrolment, lessons: list[LessonPage], chance: Random) -> Iterator[LessonProgress]:
    done = chance.randrange(len(lessons)) if lessons else 0
    for at, lesson in enumerate(lessons):
        seen = enrolment.started_at + timedelta(days=at, minutes=chance.randrange(600))
        yield LessonProgress(
            enrolment=enrolment,
            lesson=lesson,
            first_seen=seen,
            last_seen=seen,
            views=1 + chance.randrange(4),
            completed_at=seen + timedelta(minutes=15) if at < done else None,
        )


def load_cohorts(courses: list[CoursePage]) -> None:
    """Every company in a cohort, spread over the stages, with one advisor for all."""
    chance = Random(SEED + 2)  # noqa: S311
    advisor = User.objects.create_user(f"advisor@{MARK}.example", PASSWORD, full_name="Scale Advisor", is_staff=True)
    advisor.groups.add(Group.objects.get(name=roles.ADVISORS))
    companies = list(Company.objects.filter(name__startswith="Scale ").order_by("pk"))
    for number, start in enumerate(range(0, len(companies), COMPANIES_IN_A_COHORT), 1):
        cohort = Cohort.objects.create(
            name=f"Scale {number}",
            slug=f"{MARK}-{number}",
            starts=START.date(),
            ends=START.date() + timedelta(days=300),
        )
        cohort.advisors.add(advisor)
        cohort.courses.add(*courses[:2])
        Participation.objects.bulk_create(
            [
                Participation(company=company, cohort=cohort, stage=chance.choice(Stage.values), stage_since=START)
                for company in companies[start : start + COMPANIES_IN_A_COHORT]
            ]
        )
