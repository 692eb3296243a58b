"""Who advises which companies: only cohorts know. They say so from their AppConfig; here is the shape alone."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from lms.accounts.models import Company, User


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose people somebody advises: `everybody`, also people of no company, or those of `companies`."""

    everybody: bool = False
    companies: QuerySet[Company] | None = None


class Advising(Protocol):
    """What an app above answers. Neither asks for more than one statement beside the person's permissions."""

    def companies_advised_by(self, user: User) -> Reach:
        """Whose people somebody looks after, be it as an advisor or as the owner of the programme."""

    def companies_run_by(self, user: User) -> QuerySet[Company]:
        """The companies somebody advises in person: whose path they may change."""

    def advisors_of(self, company_id: int | None, permission: str) -> QuerySet[User]:
        """Those who advise the people of a company and hold a permission such as `courses.change_evidence`.

        Of a company that nobody advises, and of people in none: those who look after every company.
        """


_registered: list[Advising] = []


def register(advising: Advising) -> None:
    """Say who knows. The last one to say so counts."""
    _registered[:] = [advising]


def companies_advised_by(user: User) -> Reach:
    return _registered[0].companies_advised_by(user) if _registered else Reach(everybody=user.is_superuser)


def advisors_of(company_id: int | None, permission: str) -> QuerySet[User]:
    return _registered[0].advisors_of(company_id, permission) if _registered else User.objects.none()


def companies_run_by(user: User) -> QuerySet[Company]:
    return _registered[0].companies_run_by(user) if _registered else Company.objects.none()
