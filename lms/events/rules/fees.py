"""What companies pay, by their kind, and how an amount is written. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.accounts.rules import CompanyKind
from lms.events.rules.states import FeeFor


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in øre, for each company or for each person."""

    amount: int = 0
    each: str = FeeFor.COMPANY


FREE = Price()
PUBLIC = (CompanyKind.MUNICIPALITY, CompanyKind.HOSPITAL, CompanyKind.UNIVERSITY)
GROUPS: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    ((CompanyKind.COMPANY,), _("Companies")),
    (PUBLIC, _("Public institutions")),
    ((CompanyKind.MUNICIPALITY,), _("Municipalities")),
    ((CompanyKind.HOSPITAL,), _("Hospitals")),
    ((CompanyKind.UNIVERSITY,), _("Universities")),
    ((CompanyKind.INVESTOR, CompanyKind.OTHER), _("Investors and others")),
    ((CompanyKind.INVESTOR,), _("Investors")),
    ((CompanyKind.OTHER,), _("Others")),
)
"""What kinds are called that pay the same. The first that fits is said."""


def nok(amount: int) -> str:
    """`NOK 5,000`, from øre; with two decimals where there are any."""
    crowns, rest = divmod(amount, 100)
    return f"NOK {crowns:,}.{rest:02}" if rest else f"NOK {crowns:,}"


def price_for(fees: Mapping[str, Price], kind: str) -> Price:
    """What a company of this kind pays; under the empty kind stands what all others pay."""
    return fees.get(kind) or fees.get("") or FREE


def prices_said(fees: Mapping[str, Price]) -> list[tuple[str | Promise, Price]]:
    """Who pays what, in as few lines as there are differences; under an empty name where all pay the same."""
    by_kind = {str(kind): price_for(fees, kind) for kind in CompanyKind}
    if len({(price.amount, price.each if price.amount else "") for price in by_kind.values()}) == 1:
        return [("", by_kind[CompanyKind.COMPANY])]
    said: list[tuple[str | Promise, Price]] = []
    left = set(by_kind)
    for kinds, name in GROUPS:
        if left.issuperset(kinds) and len({by_kind[kind] for kind in kinds}) == 1:
            said.append((name, by_kind[kinds[0]]))
            left.difference_update(kinds)
    return said
