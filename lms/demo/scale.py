"""Bulk data for benchmarks: many learners in many courses, the same every time, in a few statements a table."""

import io
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models, transaction
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Page

from cms.demo import ensure_site, feature
from cms.published import bump
from cohorts.models import Cohort, Participation
from cohorts.rules import Stage
from courses.files import catalogs
from courses.models import CoursePage, Enrolment, LessonPage, LessonProgress, ModulePage
from courses.rendering import contents
from courses.rules import Level
from lms.accounts import roles
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipRole
from lms.demo.people import PASSWORD

BATCH = 1000
PEOPLE_IN_A_COMPANY = 4
COMPANIES_IN_A_COHORT = 25
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
SEED = 2026
MARK = "scale"


@dataclass(frozen=True, slots=True)
class Size:
    """How much; `modules`, `lessons` and `enrolments` are for each course, module and learner."""

    learners: int = 1000
    courses: int = 40
    modules: int = 4
    lessons: int = 5
    enrolments: int = 8


Tick = Callable[[], object]
STEPS = 5


@transaction.atomic
def load_scale(size: Size, tick: Tick) -> str:
    """Fill the database; returns a summary. Raises ValueError when it has scale data already."""
    if CoursePage.objects.filter(key__startswith=f"{MARK}-").exists():
        raise ValueError("This database has scale data already. Use an empty one.")
    roles.ensure_roles()
    ensure_site()
    courses, lessons = load_courses(size)
    tick()
    people = load_people(size)
    tick()
    enrolments = load_enrolments(size, people, courses)
    tick()
    rows = load_progress(enrolments, lessons)
    tick()
    load_cohorts(courses)
    bump()
    tick()
    return f"{len(courses)} courses, {len(people)} learners, {len(enrolments)} enrolments, {rows} progress rows"


# --- Courses ---------------------------------------------------------------------------------------------------------
def load_courses(size: Size) -> tuple[list[CoursePage], dict[int, list[LessonPage]]]:
    """Published courses, and the lessons of each by the course's id."""
    catalog = catalogs.ensure("en")
    feature(catalog, label="See the courses", menu=[("/courses/", "Courses", "Kurs")])
    body = _Body()
    courses: list[CoursePage] = []
    modules: list[ModulePage] = []
    lessons: list[LessonPage] = []
    first = catalog.get_children_count() + 1
    for c in range(size.courses):
        key = f"{MARK}-{c + 1:03}"
        course = _page(CoursePage, catalog, first + c, f"Course {c + 1} of the scale data", key, key, size.modules)
        course.level, course.hours = Level.values[c % len(Level)], 6
        course.summary = "How US health care is organised, who pays, what the FDA decides and how hospitals buy."
        course.outcomes = "Name the payer, the decider and the user\nSay whether the FDA has a say"
        courses.append(course)
        for m in range(size.modules):
            module = _page(
                ModulePage, course, m + 1, f"Module {m + 1}", f"module-{m + 1}", f"{key}-{m + 1}", size.lessons
            )
            modules.append(module)
            for n in range(size.lessons):
                own = f"{module.key}-{n + 1}"
                lesson = _page(
                    LessonPage, module, n + 1, f"Lesson {n + 1} of module {m + 1}", f"lesson-{n + 1}", own, 0
                )
                body.fill(lesson)
                lessons.append(lesson)
    _insert([*courses, *modules, *lessons])
    Page.objects.filter(pk=catalog.pk).update(numchild=models.F("numchild") + size.courses)
    each = size.modules * size.lessons
    return courses, {course.pk: lessons[at * each : (at + 1) * each] for at, course in enumerate(courses)}


class _Body:
    """One lesson body, rendered once; its ids are made unique by replacing the mark."""

    def __init__(self) -> None:
        words = "A device is **cleared** before it is covered, and covered before it is paid. " * 12
        picture = {"image": _picture().pk, "alt": "Three lines", "caption": "Payer, decider, user", "credit": ""}
        options = [
            {"text": "Yes", "weight": 100, "feedback": "That is so."},
            {"text": "No", "weight": 0, "feedback": "Not so."},
        ]
        question = {"title": "", "kind": "single", "text": "Is it?", "options": options, "explanation": "See above."}
        asked = {"prompt": "Who pays?", "help": "", "section": "customer_and_payer", "size": "long"}
        fact = {
            "label": "Payer",
            "value": "Medicare",
            "source": "SSA",
            "url": "",
            "checked": None,
            "changes_often": False,
        }
        self.raw: list[dict[str, Any]] = [
            {"type": "text", "value": f"{words}\n\n## What it means\n\n{words}"},
            {"type": "image", "value": picture},
            {"type": "callout", "value": {"kind": "note", "title": "General information", "text": words}},
            {"type": "text", "value": f"## And then\n\n- one\n- two\n\n{words}"},
            {"type": "image", "value": picture},
            {"type": "key_facts", "value": {"title": "Key facts", "facts": [fact] * 4}},
            {
                "type": "quiz",
                "value": {
                    "key": "MARK-quiz",
                    "title": "Check yourself",
                    "questions": [{**question, "key": f"MARK-q{n}"} for n in range(3)],
                },
            },
            {
                "type": "worksheet",
                "value": {
                    "key": "MARK-ws",
                    "title": "Your payer",
                    "intro": "",
                    "questions": [{**asked, "key": f"MARK-ws-{n}"} for n in range(2)],
                },
            },
        ]
        lesson = LessonPage(title="Any", body=json.dumps(self.raw))
        self.text = json.dumps(lesson.body.get_prep_value())  # first: it gives the blocks their ids
        self.rendered = json.dumps(lesson.render())

    def fill(self, lesson: LessonPage) -> None:
        lesson.question, lesson.minutes = "Who pays, who decides, who uses?", 15
        lesson.body = self.text.replace("MARK", lesson.key)
        lesson.rendered = json.loads(self.rendered.replace("MARK", lesson.key))
        lesson.contents = contents(lesson.rendered)


def _picture() -> Image:
    content = io.BytesIO()
    Picture.new("RGB", (1600, 900), (20, 70, 90)).save(content, "PNG")
    image: Image = Image.objects.create(title="scale.png", file=ContentFile(content.getvalue(), "scale.png"))
    return image


def _page(kind: type[Any], parent: Page, place: int, title: str, slug: str, key: str, children: int) -> Any:
    """A page as treebeard would have put it there, not yet in the database."""
    return kind(
        title=title,
        draft_title=title,
        slug=slug,
        key=key,
        url_path=f"{parent.url_path}{slug}/",
        path=parent.path + Page._int2str(place).rjust(Page.steplen, "0"),
        depth=parent.depth + 1,
        numchild=children,
        live=True,
        locale_id=parent.locale_id,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, key),
        first_published_at=START,
        last_published_at=START,
    )


def _insert(pages: list[Any]) -> None:
    """Insert pages of several types: the rows they have in common first, then each type's own."""
    types = {kind: ContentType.objects.get_for_model(kind) for kind in {type(page) for page in pages}}
    names = [field.attname for field in Page._meta.concrete_fields if field.attname not in {"id", "content_type_id"}]
    common = [Page(content_type=types[type(page)], **{name: getattr(page, name) for name in names}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(common, batch_size=BATCH), strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    for kind in types:
        own = [page for page in pages if type(page) is kind]
        for start in range(0, len(own), 200):
            part = own[start : start + 200]
            kind._base_manager._insert(part, fields=kind._meta.local_concrete_fields, using="default")


# --- People and what they do -----------------------------------------------------------------------------------------
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
