"""One row of all that is kept of a person and that tests/factories/world.py has no use for."""

from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.models import Listening
from courses.models import CoursePage, Evidence, EvidenceEntry, LearningPath, Seat, SeatAgreement
from courses.rules import EvidenceState
from lms.accounts.models import Company, Invitation, Registration, User
from lms.accounts.privacy.actions import take_own_data
from lms.core.tokens import digest
from lms.events.models import Invited
from tests.factories.certificates import CertificateFactory
from tests.factories.cms import DocumentFactory
from tests.factories.courses import WorksheetAnswerFactory


def evidence_of(person: User, course: CoursePage, **said: Any) -> EvidenceEntry:
    its, _made = Evidence.objects.get_or_create(user=person, course=course)
    return EvidenceEntry.objects.create(evidence=its, **{"by": person, "state": EvidenceState.SENT, **said})


def everything_else(person: User, *, company: Company, course: CoursePage, event: int) -> None:
    now = timezone.now()
    evidence_of(person, course, text="Two years at a hospital in Boston.")
    agreement = SeatAgreement.objects.create(company=company, name="Autumn", agreed=3)
    Seat.objects.create(agreement=agreement, user=person)
    path, _made = LearningPath.objects.get_or_create(company=company)
    path.steps.get_or_create(course=course)[0].people.add(person)
    WorksheetAnswerFactory(company=company, updated_by=person, text="The hospital.")
    Listening.objects.create(user=person, page=course, position=12, updated_at=now)
    DocumentFactory(uploaded_by_user=person)
    Registration.objects.create(user=person, name="Second AS")
    Invitation.objects.create(
        company=company,
        email="new@example.org",
        token_digest=digest("own-data"),
        invited_by=person,
        expires_at=now + timedelta(days=1),
    )
    Invited.objects.create(event_id=event, user=person)
    CertificateFactory(holder=person)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    Client().force_login(person)
    UserProfile.get_for_user(person)
    log(Page.objects.get(pk=course.pk), "wagtail.edit", user=person)
    take_own_data(person, now=now)
