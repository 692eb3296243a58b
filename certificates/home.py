"""A person's certificates on their own home."""

from django.http import HttpRequest

from certificates import selectors
from courses.slots import HeldCertificate
from lms.accounts.models import User


def held(request: HttpRequest) -> list[HeldCertificate]:
    """The certificates that still hold or have expired, newest first. One query."""
    if not isinstance(request.user, User):
        return []
    return [
        HeldCertificate(
            title=certificate.statement.course,
            url=certificate.get_absolute_url(),
            issued_at=certificate.issued_at,
            course_id=certificate.enrolment.course_id if certificate.enrolment else None,
        )
        for certificate in selectors.certificates_held(request.user.pk)
    ]
