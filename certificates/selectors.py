"""Which certificates there are, and who is owed one."""

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation
from wagtail.models import Site

from certificates import rules
from certificates.models import Certificate
from courses.models import Enrolment, LessonProgress
from courses.selectors import completed_enrolments, outline_now
from lms.accounts.models import Membership
from lms.core.rows import columns, instances


def certificates() -> QuerySet[Certificate]:
    """Every certificate. Whoever has the address may see it: that is what it is for."""
    return Certificate.objects.all()


HELD = f"""
SELECT {columns(Certificate, "c")}, {columns(Enrolment, "e")}
  FROM {Certificate._meta.db_table} c LEFT JOIN {Enrolment._meta.db_table} e ON e.id = c.enrolment_id
 WHERE c.holder_id = %s AND c.revoked_at IS NULL ORDER BY c.issued_at DESC, c.id DESC
"""  # noqa: S608 - names of our own tables and columns


def certificates_held(user_id: int) -> list[Certificate]:
    """A person's own that were not revoked, newest first, each with its enrolment."""
    found = []
    for certificate, enrolment in instances(HELD, [user_id], Certificate, Enrolment):
        certificate.enrolment = enrolment
        found.append(certificate)
    return found


def certificates_earned_for(membership: Membership) -> list[Certificate]:
    """Those a colleague earned with this company that were not revoked, newest first. One statement."""
    own = Certificate.objects.filter(holder=membership.user_id, revoked_at=None)
    return list(own.filter(enrolment__company=membership.company_id).order_by("-issued_at", "-id"))


def certificate_to_announce(certificate_id: str) -> Certificate | None:
    """The certificate a mail is about; None when it is gone, or revoked since."""
    try:
        pk = uuid.UUID(certificate_id)
    except ValueError:
        return None
    return Certificate.objects.filter(pk=pk, revoked_at__isnull=True).first()


def enrolments_owed_a_certificate() -> QuerySet[Enrolment]:
    """Completed courses without their certificate, oldest first. One statement, whatever the number.

    Compared by key, not by enrolment: the same course completed in a second language is not owed a second certificate.
    """
    key = Concat(
        Value("course:"),
        OuterRef("course__key"),
        Value(":user:"),
        Cast(OuterRef("user_id"), CharField()),
        output_field=CharField(),
    )
    return (
        completed_enrolments()
        .filter(~Exists(Certificate.objects.filter(key=key)))
        .select_related("user", "company", "course")
        .order_by("completed_at", "pk")
    )


def statement_of(enrolment: Enrolment, *, issued_at: datetime) -> rules.Statement:
    """All that a certificate for this enrolment states, as things are now. In the site's first language."""
    course, page = outline_now().by_id.get(enrolment.course_id), enrolment.course
    done = LessonProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False)
    revisions = dict(done.values_list("lesson__key", "completed_revision"))
    lessons = len(course.lessons) if course else len(revisions)
    with translation.override(settings.LANGUAGE_CODE):
        criteria = rules.criteria_in_words(
            lessons=lessons, quizzes=course.quiz_count if course else 0, pass_percent=page.pass_percent
        )
    site = Site.objects.filter(is_default_site=True).first()
    completed_at = enrolment.completed_at or issued_at
    return rules.Statement(
        holder=enrolment.user.full_name,
        company=enrolment.company.name if enrolment.company else "",
        course=course.title if course else page.title,
        course_key=page.key,
        gives=page.gives,
        level=page.level,
        lessons=lessons,
        criteria=criteria,
        hours=page.hours,
        issuer=(site.site_name if site else "") or settings.WAGTAIL_SITE_NAME,
        completed_at=completed_at.astimezone(UTC).isoformat(),
        issued_at=issued_at.astimezone(UTC).isoformat(),
        course_revision=page.live_revision_id,
        lesson_revisions=revisions,
    )
