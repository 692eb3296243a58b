"""The attendance report of a meeting tool, read: Zoom's, Teams', or any table with names or addresses. Pure.

No tool documents its report as a format. Zoom writes commas and repeats a person at each time they came in; Teams
writes tabs in UTF-16 and several sections, the participants in the second, each visit in the third; Excel in Norwegian
writes semicolons. So a table is whatever follows a row that names a column we know; titles between tables are dropped.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
MOST_CELL = 300
SEPARATORS = ("\t", ";", ",")
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no table of text has."""


class Unreadable(StrEnum):
    """Why a file is no attendance report."""

    TOO_LARGE = "too_large"
    WORKBOOK = "workbook"
    NO_TEXT = "no_text"
    NO_TABLE = "no_table"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"


class UnreadableList(ValueError):
    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


NAMES: dict[str, frozenset[str]] = {
    "name": frozenset({"name", "full name", "user name", "participant", "participant name", "attendee", "display name",
                       "navn", "fullt navn", "brukernavn", "deltaker", "deltakernavn", "visningsnavn"}),
    "first": frozenset({"first name", "fornavn"}),
    "last": frozenset({"last name", "surname", "etternavn"}),
    "email": frozenset({"email", "e-mail", "mail", "user email", "email address", "e-mail address", "participant email",
                        "attendee email", "epost", "e-post", "e-postadresse", "epostadresse", "bruker-e-post"}),
    "joined": frozenset({"join time", "first join", "first join time", "joined", "joined at", "time joined",
                         "ble med", "koblet til", "bli med-tidspunkt", "tidspunkt for deltakelse", "deltok fra",
                         "første deltakelse", "første gang deltatt", "påloggingstidspunkt", "ble med klokken"}),
    "attended": frozenset({"attended", "deltok"}),
}  # fmt: skip
"""What a column is → what its heading says, in lower case and without what stands in brackets."""

NOT_THERE = frozenset({"no", "nei", "false", "0"})


@dataclass(frozen=True, slots=True)
class Row:
    """A person in the list, once. `times` is how often they are in it; `joined` is as the tool wrote it."""

    name: str
    email: str
    joined: str = ""
    times: int = 1


def decoded(content: bytes) -> str:
    """The text of the file: UTF-16 by its byte order mark, UTF-8, or what Windows writes in western Europe."""
    if len(content) > MOST_BYTES:
        raise UnreadableList(Unreadable.TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableList(Unreadable.WORKBOOK)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NO_TEXT.search(text):
            break
        return text
    raise UnreadableList(Unreadable.NO_TEXT)


def people_in(content: bytes) -> list[Row]:
    """Everybody in the report, each once, in the order they stand there. Raises UnreadableList."""
    text = decoded(content)
    tables = max((_tables(text, separator) for separator in SEPARATORS), key=_columns)
    if not tables:
        raise UnreadableList(Unreadable.NO_TABLE)
    if len(tables) > 1:  # Zoom puts the host and the meeting into a small table of their own
        tables = [one for one in tables if "joined" in one.columns or "name" in one.columns] or tables
    if sum(len(one.rows) for one in tables) > MOST_ROWS:
        raise UnreadableList(Unreadable.TOO_MANY_ROWS)
    people = _merged(tables)
    if not people:
        raise UnreadableList(Unreadable.NO_ROWS)
    return people


@dataclass(frozen=True, slots=True)
class _Table:
    columns: dict[str, int]
    rows: list[list[str]]


def _columns(tables: list[_Table]) -> tuple[int, int]:
    return max((len(one.columns) for one in tables), default=0), sum(len(one.rows) for one in tables)


def _tables(text: str, separator: str) -> list[_Table]:
    """Each table: a row of headings and what follows until the next. Nothing for what csv cannot read that way."""
    tables: list[_Table] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            columns = _headings(cells)
            if columns and (not tables or len(columns) > 1):
                if tables:
                    _without_title(tables[-1])
                tables.append(_Table(columns, []))
            elif tables and any(one.strip() for one in cells):
                tables[-1].rows.append(cells)
    except csv.Error:
        return []
    return tables


def _without_title(table: _Table) -> None:
    """What stands alone in its row right above other headings is their title and no person."""
    while table.rows and sum(bool(one.strip()) for one in table.rows[-1]) == 1 < len(table.columns):
        table.rows.pop()


def _headings(cells: Sequence[str]) -> dict[str, int]:
    """What the columns are, by name; nothing for a row that is no row of headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        plain = " ".join(cell.partition("(")[0].split()).casefold()
        for what, headings in NAMES.items():
            if plain in headings:
                found.setdefault(what, at)
    if "name" in found or "email" in found or "first" in found:
        return found
    return {}


def _merged(tables: Sequence[_Table]) -> list[Row]:
    """Each person once. How often they stand in it is counted within one table: Teams lists all of them twice."""
    found: dict[str, Row] = {}
    for table in tables:
        times: dict[str, int] = {}
        for cells in table.rows:
            row = _row(cells, table.columns)
            if row is None:
                continue
            key = row.email.casefold() or plain_name(row.name)
            times[key] = times.get(key, 0) + 1
            known = found.get(key, row)
            found[key] = Row(
                known.name or row.name, known.email, known.joined or row.joined, max(known.times, times[key])
            )
    return list(found.values())


def _row(cells: Sequence[str], columns: dict[str, int]) -> Row | None:
    """The person of a row; None for one without name and address, and for one who is listed as not there."""

    def cell(what: str) -> str:
        at = columns.get(what)
        return " ".join(cells[at].split())[:MOST_CELL] if at is not None and at < len(cells) else ""

    if cell("attended").casefold() in NOT_THERE:
        return None
    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    email = cell("email")
    email = email if "@" in email else ""
    return Row(name, email, cell("joined")) if name or email else None


def plain_name(name: str) -> str:
    """A name as far as two spellings of it are the same: without what meeting tools add in brackets."""
    bare = name.partition("(")[0] if not name.lstrip().startswith("(") else name
    return " ".join(unicodedata.normalize("NFKC", bare).split()).casefold()
