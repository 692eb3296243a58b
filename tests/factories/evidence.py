"""Courses that come after others, evidence for them, and files to send with it."""

import io
import zipfile
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from courses.evidence import actions
from courses.models import CoursePage, Evidence
from courses.selectors import outline_now
from lms.accounts import roles
from lms.accounts.models import Company, Membership, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.course_files import png
from tests.factories.courses import make_course
from tests.factories.pdf import pdf

TEXT = "Five years as regulatory lead of a monitor sold in the US."


def later(*firsts: CoursePage, **fields: Any) -> CoursePage:
    """A course that comes after these; after a new one when none is given."""
    return make_course(1, 2, requires=[*firsts] or [make_course(1, 1)], **fields)


def advisor_of(company: Company) -> User:
    """Somebody with an advisor's rights who advises a cohort the company is in."""
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=roles.ADVISORS))
    ParticipationFactory(company=company, cohort=CohortFactory(advisors=[person]))
    return person


def owner() -> User:
    """A programme owner."""
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=roles.PROGRAMME_OWNERS))
    return person


def sent(member: Membership | User | None = None, course: CoursePage | None = None, **given: Any) -> Evidence:
    """Evidence that waits, from a member (a new one), for a course (a new one that comes after another)."""
    who = member or MembershipFactory()
    user, company = (who, None) if isinstance(who, User) else (who.user, who.company)
    page = course or later()
    return actions.send(user, outline_now().by_id[page.pk], company=company, **{"text": TEXT, **given})


def docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return content.getvalue()


def jpeg() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 4)).save(content, "JPEG")
    return content.getvalue()


GOOD = {
    "proof.pdf": pdf,
    "proof.docx": docx,
    "PROOF.PNG": png,
    "photo.jpg": jpeg,
    "photo.webp": lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "Bevis på æøå.txt": lambda: "Fem år i Boston.".encode(),
}
"""Files that may be sent, by name."""


def upload(name: str = "proof.txt", content: bytes = b"Five years in Boston.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
