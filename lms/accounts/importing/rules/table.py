"""A table that somebody saved from a spreadsheet: bytes in, rows or what is wrong with them out. Pure.

Rows are counted as a spreadsheet shows them: the header is row 1, empty rows count, and a line break inside a quoted
cell begins no row.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.accounts.importing.rules.encoding import Unreadable, decoded

MOST_ROWS = 5_000
MOST_BYTES = 2_000_000
"""Five thousand rows of four hundred characters. The page that shows them carries them to the next step."""

DELIMITERS = ",;\t"

MOST_WRONG_TITLES = 20
"""Then it is some other file, and nobody reads on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column a file may have. `titles` are the other words it may be headed by, in any case."""

    name: str
    titles: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and what to do about it. Row 0 is the file as a whole; `column` may be empty."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [_("row %(row)d") % {"row": self.row}] if self.row else []
        where += [self.column] if self.column else []
        return f"{', '.join(where)}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and the text of each cell by the column's name, exactly as it is in the file."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell without the space around it; empty where the file has no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Table:
    """What was read. With problems, the rows are those that could be read nevertheless."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    guessed: bool = False
    """The file does not say how its letters are written: they were read as Windows-1252."""


def read(data: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a CSV file with these columns, in any order.

    UTF-8, UTF-16 and, where there is no doubt, Windows-1252 (see encoding.py); commas, semicolons or tabs, whichever
    makes the most of the header; line breaks inside quotes. Cells are kept as typed, whatever they look like. Takes
    time in proportion to the file and stops after MOST_ROWS.
    """
    if len(data) > MOST_BYTES:
        words = _("The file is larger than %(size)d MB. Divide it and send the parts one by one.")
        return _refused(words % {"size": MOST_BYTES // 1_000_000})
    try:
        text, guessed = decoded(data)
    except Unreadable as unreadable:
        return _refused(unreadable.sentence)
    text, delimiter = _without_delimiter_line(text)
    delimiter = delimiter or _delimiter(text, columns)
    records = _records(text, delimiter)
    try:
        header, first = _header(records)
        names, problems = _names(header, columns, first)
        if problems:
            return Table(problems=tuple(problems), guessed=guessed)
        rows, problems = _rows(records, names, first)
    except _Broken as broken:
        return Table(problems=(broken.problem,), guessed=guessed)
    return Table(tuple(rows), tuple(problems), guessed)


def written(names: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """The table as text that `read` reads back: every cell quoted, so that each stays as it is."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows(rows)
    return file.getvalue()


class _Broken(Exception):
    """The file cannot be read on from here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _refused(sentence: str) -> Table:
    return Table(problems=(Problem(0, "", sentence),))


def shown(text: str) -> str:
    """The beginning of what somebody typed, fit to stand in a sentence."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text.strip()[:60])


def plain(title: str) -> str:
    """A header's word without what people write differently: case, spaces, dots, dashes."""
    return "".join(character for character in title.casefold() if character.isalnum())


def _meant(columns: Sequence[Column]) -> dict[str, str]:
    """What a header may say, and the column it means."""
    return {plain(title): column.name for column in columns for title in (column.name, *column.titles)}


def _without_delimiter_line(text: str) -> tuple[str, str]:
    """Excel's own first line, “sep=;”, which it never shows, taken off; and the delimiter it names."""
    first, _break, rest = text.partition("\n")
    named = first.strip()
    if len(named) == 5 and named.startswith("sep=") and named[4] in DELIMITERS:
        return rest, named[4]
    return (rest, "\t") if first.rstrip("\r") == "sep=\t" else (text, "")


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    """The one by which most of the header's words are columns; a comma where none makes a difference."""
    start, meant = text.lstrip()[:10_000], _meant(columns)

    def known(delimiter: str) -> int:
        header: list[str] = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
        return sum(plain(title) in meant for title in header)

    return max(DELIMITERS, key=known)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is no empty line, with its number. Raises _Broken where quotes make the rest unreadable."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for record in reader:
            number += 1
            if record:
                yield number, record
    except csv.Error:
        words = _(
            "This row cannot be read: a quotation mark is opened and not closed, or stands inside a cell that is"
            " not quoted. Save the file again from your spreadsheet as CSV."
        )
        raise _Broken(Problem(number + 1, "", words)) from None


def _header(records: Iterator[tuple[int, list[str]]]) -> tuple[list[str], int]:
    """The first row that says anything, and its number."""
    for number, record in records:
        if any(cell.strip() for cell in record):
            return record, number
    raise _Broken(Problem(0, "", _("The file is empty. Its first row must name the columns.")))


def _names(header: list[str], columns: Sequence[Column], row: int) -> tuple[list[str], list[Problem]]:
    """The name of the column each place of a row belongs to; empty where the header is."""
    names: list[str] = []
    problems: list[Problem] = []
    meant = _meant(columns)
    known = ", ".join(column.name for column in columns)
    for title in header:
        if len(problems) >= MOST_WRONG_TITLES:
            break
        name = meant.get(plain(title), "") if title.strip() else ""
        if title.strip() and not name:
            words = _("“%(title)s” is not a column here. Take it out or rename it. Columns are: %(known)s.")
            problems.append(Problem(row, shown(title), words % {"title": shown(title), "known": known}))
        elif name and name in names:
            words = _("Two columns mean %(name)s. Take one out.")
            problems.append(Problem(row, name, words % {"name": name}))
        names.append(name)
    for column in columns:
        if column.required and column.name not in names:
            words = _("The column %(name)s is missing. Add it to the first row. Columns are: %(known)s.")
            problems.append(Problem(row, column.name, words % {"name": column.name, "known": known}))
    return names, problems


def _rows(records: Iterator[tuple[int, list[str]]], names: list[str], header: int) -> tuple[list[Row], list[Problem]]:
    """The rows below the header that say anything, up to MOST_ROWS."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(rows) == MOST_ROWS:
            words = _("The file has more than %(most)s rows. Divide it and send the parts one by one.")
            raise _Broken(Problem(0, "", words % {"most": f"{MOST_ROWS:,}"}))
        problems += _wrong_in(number, record, names)
        rows.append(Row(number, {name: cell for name, cell in zip(names, record, strict=False) if name}))
    if not rows:
        problems.append(Problem(0, "", _("The file has a header and no rows. Add a row for each and send it again.")))
    return rows, problems


def _wrong_in(number: int, record: list[str], names: list[str]) -> Iterator[Problem]:
    """Cells that belong to no column, and what no cell can hold."""
    unnamed = [cell for cell, name in zip(record, names, strict=False) if not name] + record[len(names) :]
    if any(cell.strip() for cell in unnamed):
        words = _(
            "There is text in a cell that has no column: “%(text)s”. Perhaps a cell with a comma or semicolon in it"
            " needs quotation marks around it."
        )
        found = next(cell.strip() for cell in unnamed if cell.strip())
        yield Problem(number, "", words % {"text": shown(found)})
    for cell, name in zip(record, names, strict=False):
        if name and "\0" in cell:
            words = _("There is an invisible character (NUL) in this cell. Type the cell again.")
            yield Problem(number, name, words)
