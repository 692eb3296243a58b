"""Registers and corrects companies from a CSV file: all of it, or nothing where anything is wrong."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.companies import import_companies
from lms.accounts.importing.rules.companies import COLUMNS
from lms.accounts.importing.rules.comparing import Plan, Step, Verdict
from lms.accounts.importing.rules.table import MOST_BYTES, Row, Table, read
from lms.management.terminal import bar, quiet

SIGNS = {Verdict.NEW: "+", Verdict.CHANGED: "~"}


class Command(BaseCommand):
    help = "Register and correct companies from a CSV file. Shows what changes; writes all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = ", ".join(column.name for column in COLUMNS)
        parser.add_argument("path", type=Path, metavar="CSV", help=f"the file, with the columns {names}")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        table = self._table(options["path"])
        with quiet():
            plan = selectors.companies_plan(table, track=_track)
        self._refuse(plan)
        for step in plan.steps:
            if step.verdict != Verdict.UNCHANGED:
                self.stdout.write(_line(step))
        if not plan.changes_something or options["dry_run"]:
            self.stdout.write(f"{_summary(plan)} Nothing was written.")
            return
        try:
            plan = import_companies(table, by=None, seen=plan.fingerprint)
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=1) from refusal
        self._refuse(plan)
        self.stdout.write(self.style.SUCCESS(_summary(plan)))

    def _table(self, path: Path) -> Table:
        try:
            with path.open("rb") as file:
                table = read(file.read(MOST_BYTES + 1), COLUMNS)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
        if table.guessed:
            self.stderr.write("The file does not say how its letters are written; they were read as Windows-1252.")
        return table

    def _refuse(self, plan: Plan) -> None:
        """End here, with every reason, where the file has errors."""
        if not plan.problems:
            return
        for problem in plan.problems:
            self.stderr.write(str(problem))
        many = "1 error" if len(plan.problems) == 1 else f"{len(plan.problems)} errors"
        raise CommandError(f"{many}. Nothing was changed.", returncode=1)


def _track(rows: Sequence[Row]) -> Iterable[Row]:
    return bar(rows, what="Companies", unit="company")


def _line(step: Step) -> str:
    name, changes = step.wanted.facts["name"], "; ".join(map(str, step.changes))
    return f"{SIGNS[step.verdict]} row {step.wanted.row} “{name}” {step.wanted.number}: {changes}"


def _summary(plan: Plan) -> str:
    counts = ", ".join(f"{plan.count(verdict)} {verdict.value}" for verdict in Verdict)
    return f"{len(plan.steps)} companies: {counts}; {plan.invitations} invitations."
