"""Whom a pasted list invites: addresses one a line, with names, commas and semicolons as people have them. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.accounts.importing.rules.table import Column, Problem, Table, plain, shown
from lms.accounts.rules import MembershipRole

MOST_ADDRESSES = 1_000
MOST_CHARACTERS = 100_000

COLUMNS = (
    Column("email", ("e-mail", "mail", "address", "e-post", "epost", "adresse"), required=True),
    Column("role", ("rolle",)),
)
ROLES = {
    "member": MembershipRole.MEMBER,
    "colleague": MembershipRole.MEMBER,
    "kollega": MembershipRole.MEMBER,
    "medlem": MembershipRole.MEMBER,
    "admin": MembershipRole.ADMIN,
    "administrator": MembershipRole.ADMIN,
}
"""What a role may be called in a file."""


class Outcome(TextChoices):
    INVITED = "invited", _("Gets an invitation")
    PRESENT = "present", _("Is in the company already")
    OPEN = "open", _("Has an open invitation")
    DOUBLED = "doubled", _("Stands further up already")
    NOT_AN_ADDRESS = "not_an_address", _("Is not an e-mail address")


@dataclass(frozen=True, slots=True)
class Typed:
    """One entry of a list. `email` is empty where `text`, what stands there, is no address."""

    row: int
    text: str
    email: str
    role: MembershipRole = MembershipRole.MEMBER


@dataclass(frozen=True, slots=True)
class Fate:
    """One entry, and what comes of it."""

    typed: Typed
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class InvitePlan:
    """What a list would do, entry by entry. `left`: how many the company may still invite today."""

    fates: tuple[Fate, ...]
    left: int

    def of(self, outcome: Outcome) -> list[Typed]:
        return [fate.typed for fate in self.fates if fate.outcome == outcome]

    @property
    def invited(self) -> list[Typed]:
        return self.of(Outcome.INVITED)

    @property
    def too_many(self) -> int:
        """How many more it would invite than the company may today."""
        return max(0, len(self.invited) - self.left)

    @property
    def fingerprint(self) -> str:
        """The same for the same invitations, and for no others."""
        said = sorted((one.email, one.role.value) for one in self.invited)
        return hashlib.sha256(repr(said).encode()).hexdigest()


def pasted(text: str, role: MembershipRole) -> list[Typed]:
    """The entries of a text, all to be invited with `role`. Takes time in proportion to the text."""
    return [
        _typed(number, piece, role)
        for number, line in enumerate(text.splitlines(), 1)
        for piece in _together(filter(None, (piece.strip() for piece in _pieces(line))))
    ]


def listed(table: Table, role: MembershipRole) -> tuple[list[Typed], list[Problem]]:
    """The entries of a file with the columns above; `role` where a row names none."""
    found, problems = [], list(table.problems)
    for row in table.rows:
        named = ROLES.get(plain(row["role"])) if row["role"] else role
        if named is None:
            words = gettext("“%(typed)s” is not known here. Write one of: %(known)s.")
            said = words % {"typed": shown(row["role"]), "known": ", ".join(MembershipRole.values)}
            problems.append(Problem(row.number, "role", said))
        else:
            found.append(_typed(row.number, row["email"], named))
    return found, problems


def invite_plan(typed: Iterable[Typed], *, present: frozenset[str], invited: frozenset[str], left: int) -> InvitePlan:
    """What becomes of each entry, where these addresses are `present` in the company or `invited` to it."""
    seen: set[str] = set()
    fates = []
    for one in typed:
        if not one.email:
            outcome = Outcome.NOT_AN_ADDRESS
        elif one.email in seen:
            outcome = Outcome.DOUBLED
        elif one.email in present:
            outcome = Outcome.PRESENT
        else:
            outcome = Outcome.OPEN if one.email in invited else Outcome.INVITED
        seen.add(one.email)
        fates.append(Fate(one, outcome))
    return InvitePlan(tuple(fates), left)


def _pieces(line: str) -> Iterator[str]:
    """The line at its commas and semicolons, but not inside quotes or angle brackets."""
    start, quoted, bracketed = 0, False, False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "<>":
            bracketed = character == "<"
        elif character in ",;" and not quoted and not bracketed:
            yield line[start:place]
            start = place + 1
    yield line[start:]


def _together(pieces: Iterable[str]) -> Iterator[str]:
    """“Nordmann” and “Kari <kari@example.org>” again as the one entry that a mail program wrote; plain ones apart."""
    before = ""
    for piece in pieces:
        whole = f"{before}, {piece}" if before else piece
        before = ""
        if "@" not in piece:
            before = whole
        elif "<" in piece:
            yield whole
        else:
            if whole != piece:
                yield whole[: -len(piece) - 2]
            yield from piece.split()
    if before:
        yield before


IN_BRACKETS = re.compile(r"<([^<>]*)>\s*\Z")


def _typed(row: int, text: str, role: MembershipRole) -> Typed:
    bracketed = IN_BRACKETS.search(text)
    address = (bracketed[1] if bracketed else text).strip().removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    return Typed(row, text[:200], address if len(address) <= 254 else "", role)
