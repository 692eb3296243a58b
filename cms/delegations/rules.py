"""Who pays what for a journey, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.rules import CompanyKind
from lms.events.rules import FeeFor

NAMES = {
    CompanyKind.COMPANY: gettext_lazy("companies"),
    CompanyKind.MUNICIPALITY: gettext_lazy("municipalities"),
    CompanyKind.HOSPITAL: gettext_lazy("hospitals"),
    CompanyKind.UNIVERSITY: gettext_lazy("universities"),
    CompanyKind.INVESTOR: gettext_lazy("investors"),
    CompanyKind.OTHER: gettext_lazy("others"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """What those named by `who` pay. `amount` in whole kroner or øre as it is written; "" where it is free."""

    who: str
    amount: str
    each: str


def prices(fees: Iterable[tuple[str, int, str]]) -> list[Price]:
    """The lines of a table, from (kind of company, øre, company or person); those who pay the same share one.

    Whoever no fee names pays nothing. Nothing at all where nobody pays.
    """
    named: dict[tuple[int, str], list[str]] = {}
    for kind, amount, each in sorted(fees, key=lambda fee: (-fee[1], fee[0] == "")):
        named.setdefault((amount, each if amount else ""), []).append(kind)
    if not any(amount for amount, _each in named):
        return []
    if not any("" in kinds for kinds in named.values()):
        named.setdefault((0, ""), []).append("")
    return [
        Price(_who(kinds), kroner(amount) if amount else "", str(FeeFor(each).label) if each else "")
        for (amount, each), kinds in named.items()
    ]


def _who(kinds: list[str]) -> str:
    names = [str(NAMES[CompanyKind(kind)]) for kind in kinds if kind]
    names += [_("all others") if names or len(kinds) == 1 else ""] if "" in kinds else []
    said = ", ".join(name for name in names if name)
    return said[:1].upper() + said[1:]


def kroner(amount: int) -> str:
    """An amount of øre as it is written: NOK 5,000, or NOK 12.50."""
    whole, rest = divmod(amount, 100)
    return f"NOK {whole:,}.{rest:02}" if rest else f"NOK {whole:,}"


def lines(text: str) -> list[str]:
    """The lines somebody wrote, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
