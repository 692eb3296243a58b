"""What a list of companies would change of those that are here. Pure.

A list adds and corrects. It takes nothing away: an empty cell changes nothing, and a company stays in the clusters that
its row does not name.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.importing.rules.clusters import Joining
from lms.accounts.importing.rules.companies import Number, Wanted
from lms.accounts.importing.rules.table import Problem


class Verdict(TextChoices):
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")


@dataclass(frozen=True, slots=True)
class Membership:
    """A company in a cluster, as it is here."""

    cluster: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A company that is here. `addresses`: of its people, in whatever state, and of its open invitations."""

    pk: int
    facts: Mapping[str, str]
    clusters: tuple[Membership, ...] = ()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a company, before and after; for a cluster and an invitation `column` is the list's."""

    column: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.column}: {self.before} → {self.after}" if self.before else f"{self.column}: {self.after}"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about one row. `joins`: a cluster and a day; `moves`: a cluster, its day before and after."""

    wanted: Wanted
    pk: int | None
    changes: tuple[Change, ...]
    facts: Mapping[str, str]
    joins: tuple[tuple[int, date], ...] = ()
    moves: tuple[tuple[int, date, date], ...] = ()
    invites: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.pk is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would do, or why it does nothing: with any problem, nothing is written."""

    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same changes to the same companies, and for no others."""
        said = [
            (step.wanted.row, step.pk, sorted(step.facts.items()), step.changes, step.joins, step.moves)
            for step in self.steps
        ]
        return hashlib.sha256(repr(said).encode(errors="surrogatepass")).hexdigest()

    def count(self, verdict: Verdict) -> int:
        return sum(step.verdict == verdict for step in self.steps)

    @property
    def invitations(self) -> int:
        return sum(step.invites for step in self.steps)

    @property
    def changes_something(self) -> bool:
        return any(step.verdict != Verdict.UNCHANGED for step in self.steps)


def plan(wanted: Iterable[Wanted], known: Mapping[Number, Known], *, names: Mapping[int, str], today: date) -> Plan:
    """What makes the companies that are here into what the rows ask for. `names`: of the clusters, by key.

    A cluster without a day begins `today`, unless the company is in it already.
    """
    steps: list[Step] = []
    problems: list[Problem] = []
    rows: dict[int, int] = {}
    for one in wanted:
        here = known.get(one.number)
        if here and rows.setdefault(here.pk, one.row) != one.row:
            words = _("This is the company of row %(row)d, under its other number. Take one of the two rows out.")
            problems.append(Problem(one.row, "", words % {"row": rows[here.pk]}))
        try:
            steps.append(_step(one, here, names, today))
        except ValueError as error:
            problems.append(Problem(one.row, "clusters", str(error)))
    return Plan(problems=tuple(problems)) if problems else Plan(tuple(steps))


def _step(one: Wanted, known: Known | None, names: Mapping[int, str], today: date) -> Step:
    before = known.facts if known else {}
    facts = {column: value for column, value in one.facts.items() if before.get(column, "") != value}
    changes = [Change(column, before.get(column, ""), value) for column, value in facts.items()]
    joins, moves = [], []
    for joining in one.joins:
        was, since = _cluster(joining, known.clusters if known else (), today)
        if was == since:
            continue
        if was:
            moves.append((joining.cluster, was, since))
        else:
            joins.append((joining.cluster, since))
        changes.append(Change("clusters", *_told(names[joining.cluster], was, since)))
    invites = bool(one.admin_email) and (known is None or one.admin_email not in known.addresses)
    if invites:
        words = _("%(email)s is invited as administrator")
        changes.append(Change("admin_email", "", words % {"email": one.admin_email}))
    return Step(one, known.pk if known else None, tuple(changes), facts, tuple(joins), tuple(moves), invites)


def _told(name: str, was: date | None, since: date) -> tuple[str, str]:
    return f"{name} ({was})" if was else "", f"{name} ({since})"


def _cluster(joining: Joining, memberships: Iterable[Membership], today: date) -> tuple[date | None, date]:
    """Since when the company is in the cluster, if it is, and since when it should be. The same: nothing to do."""
    its = [one for one in memberships if one.cluster == joining.cluster]
    if joining.since and any(one.since == joining.since for one in its):
        return joining.since, joining.since
    current = next((one for one in its if one.until is None or one.until > today), None)
    if current is None:
        return None, joining.since or today
    if joining.since and current.until and joining.since >= current.until:
        words = _("The company leaves this cluster on %(until)s. Write an earlier day, or none.")
        raise ValueError(words % {"until": current.until})
    return current.since, joining.since or current.since
