"""Who pays what for a journey, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.rules import CompanyKind
from lms.events.rules import FeeFor, nok

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
    """What those named by `who` pay. `amount` as it is written; "" where it is free."""

    who: str
    amount: str
    each: str


def prices(fees: Iterable[tuple[str, int, str]]) -> list[Price]:
    """The lines of a table, from (kind of company, øre, company or person); those who pay the same share one.

    A fee of no kind is everybody else's; where there is none, they pay nothing. Nothing at all where nobody pays.
    """
    rows = sorted(fees, key=lambda fee: (-fee[1], fee[0] == ""))
    if not any(amount for _kind, amount, _each in rows):
        return []
    if all(kind for kind, _amount, _each in rows):
        rows.append(("", 0, ""))
    named: dict[tuple[int, str], list[str]] = {}
    for kind, amount, each in rows:
        named.setdefault((amount, each if amount else ""), []).append(kind)
    others = _("All others") if len(rows) > 1 else _("Everybody")
    return [
        Price(_who(kinds, others), nok(amount) if amount else "", str(FeeFor(each).label) if each else "")
        for (amount, each), kinds in named.items()
    ]


def _who(kinds: list[str], others: str) -> str:
    """“Hospitals, universities”, or the others, whoever else pays as they do."""
    if "" in kinds:
        return others
    names = ", ".join(str(NAMES[CompanyKind(kind)]) for kind in kinds)
    return names[:1].upper() + names[1:]


def lines(text: str) -> list[str]:
    """The lines somebody wrote, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
