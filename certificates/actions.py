"""Issuing and revoking."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from certificates import kinds, rules, selectors
from certificates.models import Certificate
from courses.models import Enrolment
from lms.accounts.models import User
from lms.notifications.actions import owe


class RevokeRefused(ValueError):
    """A certificate is revoked with a reason or not at all."""


@transaction.atomic
def issue(enrolment: Enrolment) -> Certificate:
    """The certificate of a completed course, made now or there already. The mail is owed with it, once.

    What it states is what is true at this moment; nothing that changes later reaches it. The unique key decides between
    two who issue at once: one makes it, both return the same. Raises ValueError for a course that is not completed.
    """
    if enrolment.completed_at is None:
        raise ValueError(f"enrolment {enrolment.pk} is not completed")
    now = timezone.now()
    certificate, made = Certificate.objects.get_or_create(
        key=rules.key_for_course(enrolment.course.key, enrolment.user_id),
        defaults={
            "holder": enrolment.user,
            "enrolment": enrolment,
            "snapshot": selectors.statement_of(enrolment, issued_at=now).as_json(),
            "issued_at": now,
        },
    )
    if made:
        owe(kinds.ISSUED, recipient=enrolment.user, subject=kinds.subject_for(certificate.pk), due=now)
    return certificate


@transaction.atomic
def revoke(certificate: Certificate, *, by: User | None, reason: str) -> Certificate:
    """Say from now on that the certificate does not hold, and why. Again changes nothing; nothing is deleted."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at is not None:
        return certificate
    if not reason.strip():
        raise RevokeRefused("a reason is needed")
    certificate.revoked_at, certificate.revoked_reason = timezone.now(), reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    log(certificate, "certificates.revoke", user=by, data={"reason": certificate.revoked_reason})
    return certificate
