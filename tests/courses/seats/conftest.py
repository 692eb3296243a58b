"""A company with an agreement on the one course there is."""

from dataclasses import dataclass

import pytest

from courses.models import CoursePage, Seat, SeatAgreement
from courses.selectors import Course
from lms.accounts.models import Company, Membership, User
from tests.courses.conftest import outline_of
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.courses import make_course
from tests.factories.seats import SeatAgreementFactory


@dataclass
class House:
    """A company, its administrator, a course of two lessons, and an agreement of two seats on it."""

    company: Company
    admin: Membership
    page: CoursePage
    agreement: SeatAgreement

    @property
    def course(self) -> Course:
        return outline_of(self.page)

    def colleague(self, **fields: object) -> Membership:
        return MembershipFactory(company=self.company, **fields)

    @property
    def holders(self) -> set[User]:
        return {seat.user for seat in Seat.objects.filter(agreement=self.agreement).select_related("user")}


def make_house(agreed: int = 2) -> House:
    company = CompanyFactory()
    admin = MembershipFactory(company=company, user=UserFactory(full_name="Ola Demo"), admin=True)
    page = make_course(1, 2, title="Getting paid")
    return House(
        company, admin, page, SeatAgreementFactory(company=company, agreed=agreed, courses=[page], name="Next")
    )


@pytest.fixture
def house(db: None) -> House:
    return make_house()
