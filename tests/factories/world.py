"""Everybody and everything once: two companies in two cohorts, the people of each role, and what was deleted."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from certificates import kinds
from cms.models import Chapter, FeedAddress
from courses.models import CoursePage, LessonProgress, PathStep
from courses.readiness.models import Topic
from lms.accounts import roles
from lms.accounts.models import Company, Invitation, MailDomain, User
from lms.core.tokens import digest
from lms.events.actions.notes import agree, start_note
from lms.events.models import CalendarAddress, Invited
from lms.notifications.actions import owe
from tests.factories.accounts import (
    ClusterFactory,
    ClusterMembershipFactory,
    CompanyFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.certificates import CertificateFactory
from tests.factories.cms import (
    DocumentFactory,
    MasterclassesPageFactory,
    TopicFactory,
    WebinarsPageFactory,
    masterclass,
    webinar,
    webinar_event,
)
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.courses import EnrolmentFactory, add_lesson, home_page, lessons_of, make_course, quiz, worksheet
from tests.factories.events import EventFactory, registered
from tests.factories.events import person as attendee
from tests.factories.evidence import later, sent, upload
from tests.factories.readiness import answered, edition, finished, make_question
from tests.factories.seats import SeatAgreementFactory, SeatFactory

ROLES = ("anonymous", "outsider", "learner", "admin", "advisor", "advisor2", "editor", "moderator", "owner", "super")
"""In the order of the columns. Outsider and advisor2 belong to the other company and the other cohort."""


@dataclass
class World:
    """`people` by role; `own` is what belongs to the learner's company and cohort, `other` to the outsider's."""

    people: dict[str, User | None]
    own: dict[str, Any]
    other: dict[str, Any]
    deleted: dict[str, Any]


@contextmanager
def made_once(files: Path) -> Iterator[None]:
    """What is made inside stands until the end and is undone then, for tests that each begin with it.

    Uploads go to `files`: tests that look at them set MEDIA_ROOT and PRIVATE_ROOT to it again.
    """
    cheap = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    kept = override_settings(MEDIA_ROOT=files, PRIVATE_ROOT=files / "private", PASSWORD_HASHERS=cheap)
    with kept, transaction.atomic():
        yield
        transaction.set_rollback(True)


def staff(group: str) -> User:
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


def invitation(company: Company, token: str) -> Invitation:
    lasts = timezone.now() + timedelta(days=14)
    address = f"{token}@example.org"
    return Invitation.objects.create(company=company, email=address, token_digest=digest(token), expires_at=lasts)


def side(name: str, *, advisor: User, admin: User, member: User, course: CoursePage) -> dict[str, Any]:
    """A company with an administrator, two colleagues, somebody who asks to join, a course, a cohort, a certificate."""
    company = CompanyFactory(name=f"{name} AS")
    MembershipFactory(company=company, user=admin, admin=True)
    MembershipFactory(company=company, user=member)
    enrolment = EnrolmentFactory(user=member, course=course, company=company)
    colleague = MembershipFactory(company=company)
    cohort = CohortFactory(slug=f"{name}-cohort", advisors=[advisor], courses=[course])
    certificate = CertificateFactory(holder=colleague.user)
    belongs = ClusterMembershipFactory(company=company)
    entry = DocumentFactory(audience="clusters", preview=ContentFile(b"RIFF", "page.webp"))
    entry.clusters.add(belongs.cluster)
    owed = kinds.subject_for(certificate.pk)
    lesson = lessons_of(course)[1]
    LessonProgress.objects.create(enrolment=enrolment, lesson=lesson)
    topic = TopicFactory.create(slug=name)
    cluster = ClusterMembershipFactory(company=company).cluster
    FeedAddress.objects.create(user=member, token_digest=digest(f"{name}-feed"), made_at=timezone.now())
    talk = masterclass(
        audience="clusters",
        clusters=[cluster],
        slug=f"{name}-talk",
        topics=[TopicFactory(slug=f"{name}-topic")],
        chapters=[Chapter(start=0, title="Who pays")],
    )
    event = EventFactory(owner=advisor, visibility="invited")
    Invited.objects.create(event=event, company=company)
    order = registered(event, attendee(member), by=member, company=company)
    registration = order.registrations.get()
    announced = webinar_event(owner=advisor, visibility="clusters", clusters=[cluster])
    CalendarAddress.objects.create(user=member, token_digest=digest(f"{name}-calendar"), made_at=timezone.now())
    EmailAddress.objects.create(user=member, email=f"member@{name}.example", verified=True)
    mail_domain = MailDomain.objects.create(company=company, domain=f"{name}.example", added_by=admin)
    report = finished(colleague, **{"market-0": 2})
    after = later(learnt(f"{name}-before"))
    evidence = sent(next(iter(member.memberships.all())), after, file=upload())
    answered(colleague)
    seats = SeatAgreementFactory(company=company, courses=[course], agreed=9)
    SeatFactory(agreement=seats, user=colleague.user)
    return {
        "calendar": f"{name}-calendar",
        "note": start_note(event, session=None, company=None, by=advisor).pk,
        "action_item": agree(event, text="Send the price list", by=advisor).pk,
        "webinar_slug": webinar(announced, slug=f"{name}-webinar", topics=[TopicFactory()]).slug,
        "company": company.pk,
        "report": report.pk,
        "path_step": PathStep.objects.get(path__company=company).pk,
        "later": after.pk,
        "evidence": evidence.pk,
        "evidence_entry": evidence.entries.get().pk,
        "seatagreement": seats.pk,
        "readiness_key": "market",
        "readiness_topic": Topic.objects.get(key="market").pk,
        "readiness_question": make_question(f"{name}-question", "payer").pk,
        "cluster": ClusterFactory().pk,
        "clustermembership": belongs.pk,
        "entry": entry.pk,
        "person": colleague.user_id,
        "colleague": colleague.pk,
        "mail_domain": mail_domain.pk,
        "ask": MembershipFactory(company=company, state="asked").pk,
        "invitation": invitation(company, name).pk,
        "token": name,
        "feed": f"{name}-feed",
        "event": event.pk,
        "order": order.pk,
        "registration": registration.pk,
        "join_key": registration.join_key,
        "masterclass": talk.pk,
        "masterclass_slug": talk.slug,
        "talk_topic": f"{name}-topic",
        "cohort": cohort.pk,
        "cohort_slug": cohort.slug,
        "participation": ParticipationFactory(company=company, cohort=cohort).pk,
        "certificate": certificate.pk,
        "message": owe(kinds.ISSUED, recipient=colleague.user, subject=owed).pk,
        "course": course.pk,
        "course_slug": course.slug,
        "module_slug": "module-1",
        "topic": topic.pk,
        "topic_slug": topic.slug,
        "lesson": lesson.pk,
        "lesson_slug": lesson.slug,
    }


def learnt(key: str) -> CoursePage:
    """A course of two lessons: one to look at, one with a quiz and a worksheet."""
    course = make_course(1, 1, key=key)
    add_lesson(course.get_children().get().specific, body=[quiz(), worksheet(questions=[f"{key}-payer"])])
    return course


def make_world() -> World:
    learner, admin, outsider = UserFactory(), UserFactory(), UserFactory()
    advisor, advisor2 = staff(roles.ADVISORS), staff(roles.ADVISORS)
    MasterclassesPageFactory(parent=home_page())
    WebinarsPageFactory(parent=home_page())
    edition(market=1)
    own = side("own", advisor=advisor, admin=admin, member=learner, course=learnt("own"))
    other = side("other", advisor=advisor2, admin=UserFactory(), member=outsider, course=learnt("other"))
    return World(
        people={
            "anonymous": None,
            "outsider": outsider,
            "learner": learner,
            "admin": admin,
            "advisor": advisor,
            "advisor2": advisor2,
            "editor": staff(roles.EDITORS),
            "moderator": staff(roles.MODERATORS),
            "owner": staff(roles.PROGRAMME_OWNERS),
            "super": UserFactory(is_staff=True, is_superuser=True),
        },
        own=own,
        other=other,
        deleted={name: gone(value) for name, value in own.items()},
    )


def gone(value: Any) -> Any:
    """Of the same kind as `value`, and never there."""
    return uuid.uuid4() if isinstance(value, uuid.UUID) else 999_999_999 if isinstance(value, int) else "gone"
