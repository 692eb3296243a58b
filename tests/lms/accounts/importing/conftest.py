"""Lists for tests."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.accounts.importing.rules.companies import COLUMNS
from lms.accounts.importing.rules.table import Table, read, written
from tests.lms.accounts.importing.numbers import ONE


def company_file(*rows: dict[str, str]) -> bytes:
    """A file with these rows. What a row does not say: a name, and a number where it has none."""
    names = [column.name for column in COLUMNS]
    plain = {"name": "Sensors AS"}
    full = [plain | ({} if "foreign_id" in row else {"organisation_number": ONE}) | row for row in rows]
    return written(names, [[row.get(name, "") for name in names] for row in full]).encode()


@pytest.fixture
def companies() -> Callable[..., Table]:
    def table(*rows: dict[str, Any]) -> Table:
        return read(company_file(*rows), COLUMNS)

    return table
