"""Certificates on a colleague's page."""

import pytest

from lms.accounts.models import Membership
from tests.factories.accounts import MembershipFactory
from tests.factories.certificates import ISSUED, CertificateFactory, statement
from tests.factories.courses import EnrolmentFactory
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db


def page_about(colleague: Membership) -> str:
    reader = MembershipFactory(company=colleague.company)
    return signed_in(reader).get(f"/company/people/{colleague.pk}/").text


def earned(colleague: Membership, course: str, **fields: object) -> str:
    """Give the colleague a certificate for what they did for the company; its address."""
    enrolment = EnrolmentFactory(user=colleague.user, company=fields.pop("company", colleague.company))
    made = CertificateFactory(
        holder=colleague.user, enrolment=enrolment, snapshot=statement(course=course).as_json(), **fields
    )
    return made.get_absolute_url()


def test_colleagues_see_what_was_earned_with_the_company() -> None:
    colleague = MembershipFactory()
    address = earned(colleague, "Who pays")
    page = page_about(colleague)
    assert f'href="{address}"' in page
    assert "Who pays" in page


def test_what_was_earned_elsewhere_or_revoked_is_nobodys_business() -> None:
    colleague = MembershipFactory()
    earned(colleague, "For another company", company=MembershipFactory().company)
    earned(colleague, "Taken back", revoked_at=ISSUED)
    page = page_about(colleague)
    for words in ("For another company", "Taken back", ">Certificates<"):
        assert words not in page
