"""The sweep: finds what is owed, finishes it, and one bad item stops nothing and is not hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db.models.signals import pre_save

from certificates.models import Certificate
from certificates.selectors import enrolments_owed_a_certificate
from certificates.tasks import issue_owed_certificates
from courses.models import CoursePage, Enrolment
from lms.accounts.models import User
from lms.notifications.kinds import kind_named
from lms.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import EnrolmentFactory, lessons_of, make_course

pytestmark = pytest.mark.django_db
DONE = datetime(2026, 11, 20, 9, 59, tzinfo=UTC)


def test_issues_what_is_owed_and_only_that():
    course = make_course()
    done = EnrolmentFactory(course=course, completed_at=DONE)
    EnrolmentFactory(course=course)
    issue_owed_certificates()
    (certificate,) = Certificate.objects.all()
    assert certificate.enrolment == done


def test_a_second_run_has_nothing_to_do():
    EnrolmentFactory(completed_at=DONE)
    issue_owed_certificates()
    issue_owed_certificates()
    assert Certificate.objects.count() == Message.objects.count() == 1


def test_completes_what_was_finished_but_not_recorded():
    enrolment = EnrolmentFactory(course=make_course(1, 1))
    (lesson,) = lessons_of(enrolment.course)
    enrolment.progress.create(lesson=lesson, completed_at=DONE)
    issue_owed_certificates()
    assert Certificate.objects.get().holder == enrolment.user


@contextmanager
def refused_by_the_database(enrolment: Enrolment) -> Iterator[None]:
    """Storing a certificate for this enrolment fails, as a full disk or a broken row would make it."""

    def refuse(instance: Certificate, **_rest: object) -> None:
        if instance.enrolment == enrolment:
            raise DatabaseError("no")

    pre_save.connect(refuse, sender=Certificate)
    try:
        yield
    finally:
        pre_save.disconnect(refuse, sender=Certificate)


def test_one_bad_enrolment_neither_stops_the_others_nor_is_hidden():
    bad, good = EnrolmentFactory(completed_at=DONE), EnrolmentFactory(completed_at=DONE)
    with refused_by_the_database(bad), pytest.raises(RuntimeError, match=str(bad.pk)):
        issue_owed_certificates()
    assert Certificate.objects.get().enrolment == good
    issue_owed_certificates()
    assert Certificate.objects.count() == 2


@pytest.mark.database
def test_owed_is_compared_by_course_and_person_not_by_enrolment():
    enrolment = EnrolmentFactory(completed_at=DONE)
    assert list(enrolments_owed_a_certificate()) == [enrolment]
    CertificateFactory(key=f"course:{enrolment.course.key}:user:{enrolment.user_id}0")
    assert enrolments_owed_a_certificate().exists()
    CertificateFactory(key=f"course:{enrolment.course.key}:user:{enrolment.user_id}", enrolment=None)
    assert not enrolments_owed_a_certificate().exists()


@pytest.mark.database
@pytest.mark.parametrize("number", [3, 300])
def test_finding_what_is_owed_is_one_statement(number, django_assert_num_queries):
    course = make_course()
    people = User.objects.bulk_create([User(email=f"p{n}@example.org", full_name=f"P {n}") for n in range(number)])
    Enrolment.objects.bulk_create([Enrolment(user=person, course=course, completed_at=DONE) for person in people])
    with django_assert_num_queries(1):
        owed = [(one.user.full_name, one.course.key, one.company) for one in enrolments_owed_a_certificate()]
    assert len(owed) == number


def test_the_command_says_how_many():
    EnrolmentFactory(completed_at=DONE)
    out = StringIO()
    call_command("issue_owed", stdout=out)
    call_command("issue_owed", stdout=out)
    assert out.getvalue() == "1 issued.\n0 issued.\n"


def test_the_command_fails_aloud():
    bad = EnrolmentFactory(completed_at=DONE)
    with refused_by_the_database(bad), pytest.raises(CommandError, match="not issued for enrolments"):
        call_command("issue_owed")


# --- The mail --------------------------------------------------------------------------------------------------------


def test_the_mail_names_the_course_and_leads_to_the_certificate():
    EnrolmentFactory(course=make_course(title="Foundations"), completed_at=DONE)
    issue_owed_certificates()
    mail = kind_named("certificates.issued").compose(Message.objects.get())
    assert mail is not None
    assert mail.subject == "Your certificate: Foundations"
    assert mail.button == ("Open your certificate", Certificate.objects.get().get_absolute_url())


@pytest.mark.parametrize("subject", ["certificate:", "certificate:not-a-uuid", "certificate:%s"])
def test_no_mail_about_a_certificate_that_is_gone_or_revoked(subject):
    revoked = CertificateFactory(revoked_at=DONE)
    message = Message(recipient=UserFactory.build(), subject=subject.replace("%s", str(revoked.pk)))
    assert kind_named("certificates.issued").compose(message) is None


def test_a_title_of_two_lines_cannot_reach_a_mail_header():
    EnrolmentFactory(course=make_course(title="Foundations\nBcc: all@example.org"), completed_at=DONE)
    issue_owed_certificates()
    mail = kind_named("certificates.issued").compose(Message.objects.get())
    assert mail is not None
    assert "\n" not in mail.subject
    assert CoursePage.objects.get().title.count("\n") == 1
