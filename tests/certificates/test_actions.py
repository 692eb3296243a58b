"""Issuing and revoking: once, whatever happens, and what was stated stays stated."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.models.signals import pre_save
from wagtail.models import ModelLogEntry

from certificates.actions import RevokeRefused, issue, revoke
from certificates.models import Certificate
from certificates.rules import State
from courses.models import Enrolment
from lms.accounts.models import User
from lms.notifications.models import Message
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import EnrolmentFactory, add_lesson, lessons_of, make_course, quiz
from tests.races import at_once

pytestmark = pytest.mark.django_db
DONE = datetime(2026, 11, 20, 9, 59, tzinfo=UTC)


def completed(**fields: Any) -> Enrolment:
    return EnrolmentFactory(completed_at=DONE, **fields)


def test_a_certificate_states_what_is_true_when_it_is_issued():
    course = make_course(2, 2, title="Foundations", key="foundations", hours=8, pass_percent=70, level=2)
    for name in ("first", "second"):
        add_lesson(course.get_children().first().specific, body=[quiz(name)])
    first = lessons_of(course)[0]
    company = CompanyFactory(name="Example Medtech AS")
    enrolment = completed(user=UserFactory(full_name="Kari Eksempel"), course=course, company=company)
    enrolment.progress.create(lesson=first, completed_at=DONE, completed_revision=41)
    certificate = issue(enrolment)
    told = certificate.statement
    assert (told.holder, told.company, told.course) == ("Kari Eksempel", "Example Medtech AS", "Foundations")
    assert (told.course_key, told.level, told.lessons, told.hours) == ("foundations", 2, 6, 8)
    assert told.criteria == "All 6 lessons, and 70 % on each of 2 quizzes"
    assert told.completed_at == "2026-11-20T09:59:00+00:00"
    assert told.lesson_revisions == {first.key: 41}
    assert told.issuer
    assert certificate.key == f"course:foundations:user:{enrolment.user_id}"
    assert datetime.fromisoformat(told.issued_at) == certificate.issued_at


def test_no_address_of_the_holder_is_stated_even_without_a_name():
    enrolment = completed(user=UserFactory(full_name="", email="secret@example.org"))
    assert "secret" not in str(issue(enrolment).snapshot)


def test_issuing_again_gives_the_same_certificate_and_one_mail():
    enrolment = completed()
    assert issue(enrolment) == issue(enrolment)
    assert Certificate.objects.count() == 1
    (message,) = Message.objects.all()
    assert message.kind == "certificates.issued"
    assert message.subject == f"certificate:{Certificate.objects.get().pk}"
    assert message.recipient == enrolment.user


def test_a_course_that_is_not_completed_gives_none():
    with pytest.raises(ValueError, match="not completed"):
        issue(EnrolmentFactory())
    assert not Certificate.objects.exists()


def test_a_revoked_certificate_is_not_issued_anew():
    enrolment = completed()
    revoke(issue(enrolment), by=None, reason="Wrong name.")
    assert issue(enrolment).revoked_at is not None
    assert Certificate.objects.count() == 1


def test_what_was_stated_outlives_a_new_name_an_edited_course_and_the_person():
    enrolment = completed(user=UserFactory(full_name="Kari Eksempel"), company=CompanyFactory(name="Before AS"))
    certificate = issue(enrolment)
    stated = Certificate.objects.get().snapshot
    User.objects.update(full_name="Kari Nytt")
    type(enrolment.company).objects.update(name="After AS")
    course = enrolment.course
    course.title, course.hours = "Another title", 99
    course.save_revision().publish()
    assert Certificate.objects.get().snapshot == stated
    enrolment.user.delete()
    certificate.refresh_from_db()
    assert (certificate.holder, certificate.enrolment, certificate.snapshot) == (None, None, stated)


def test_no_certificate_without_its_mail():
    """Both stand in one transaction: when the mail cannot be owed, nothing is issued."""

    def refuse(**_rest: Any) -> None:
        raise DatabaseError("no")

    pre_save.connect(refuse, sender=Message)
    try:
        with pytest.raises(DatabaseError):
            issue(completed())
    finally:
        pre_save.disconnect(refuse, sender=Message)
    assert not Certificate.objects.exists()


# --- Two at once -----------------------------------------------------------------------------------------------------


def race(enrolment: Enrolment, *, alone: bool = True) -> list[Any]:
    """Two issue at once; both have looked and found none before either writes."""

    def one() -> Any:
        return issue(Enrolment.objects.select_related("user", "course", "company").get(pk=enrolment.pk))

    return at_once(one, one, before='INSERT INTO "certificates_certificate"', alone=alone)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_certificate_and_one_mail():
    first, second = race(completed())
    assert first == second
    assert isinstance(first, Certificate)
    assert Certificate.objects.count() == Message.objects.count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_without_the_unique_key_two_at_once_make_two():
    """The negative control: the key is what the test above rests on."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction in at a time, key or no key")
    old, new = Certificate._meta.get_field("key"), Certificate._meta.get_field("key").clone()
    new._unique = False
    new.set_attributes_from_name("key")
    new.model = Certificate
    with connection.schema_editor() as editor:
        editor.alter_field(Certificate, old, new)
    try:
        race(completed(), alone=False)
        assert Certificate.objects.count() == 2
    finally:
        Certificate.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.alter_field(Certificate, new, old)


# --- Revoking --------------------------------------------------------------------------------------------------------


def test_revoking_says_when_why_and_who_and_deletes_nothing():
    certificate, by = CertificateFactory(), UserFactory(full_name="Demo Owner")
    stated = certificate.snapshot
    revoke(certificate, by=by, reason="  Issued with the wrong name. ")
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "Issued with the wrong name."
    assert certificate.snapshot == stated
    assert certificate.state(certificate.revoked_at) == State.REVOKED
    entry = ModelLogEntry.objects.get(action="certificates.revoke")
    assert (entry.user, entry.data["reason"]) == (by, "Issued with the wrong name.")
    assert (entry.message, entry.comment) == ("Revoked", "Issued with the wrong name.")


def test_revoking_again_changes_neither_the_reason_nor_the_moment():
    certificate = revoke(CertificateFactory(), by=None, reason="First.")
    again = revoke(certificate, by=None, reason="Second.")
    assert (again.revoked_at, again.revoked_reason) == (certificate.revoked_at, "First.")
    assert ModelLogEntry.objects.filter(action="certificates.revoke").count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_reason_no_revoking(reason):
    certificate = CertificateFactory()
    with pytest.raises(RevokeRefused):
        revoke(certificate, by=None, reason=reason)
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
