"""Tables for spreadsheets: what people typed stays text there and never becomes a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠﹢﹣−")
"""Also in the full-width forms that spreadsheets read as the plain ones."""

SEPARATES = frozenset("\"'`,;")
"""What another program's idea of a separator or quote may drop from the front of a cell."""


def safe_cell(value: object) -> str:
    """The value as one cell's text. Numbers stay numbers; what could start a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    text = str(value).replace("\0", "")
    if isinstance(value, int | float | Decimal):
        return text
    return f"'{text}" if _starts_a_formula(text) else text


def _starts_a_formula(text: str) -> bool:
    if text[:1] in ("\t", "\r", "\n"):
        return True
    for character in text:
        if character in STARTS_A_FORMULA:
            return True
        if character not in SEPARATES and unicodedata.category(character)[0] not in "ZC":
            return False
    return False


class _Echo:
    """A file that hands back what is written to it, for csv.writer."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Each row as a line of CSV, every cell quoted. A byte order mark first, so that Excel reads UTF-8."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    yield writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def csv_response(filename: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A download of the table, written as the rows come: pass `queryset.iterator()` for a long one."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_HOLDS = 32_767
"""Characters that fit into one cell of a workbook."""


def xlsx_response(filename: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A download of the table as a workbook of one sheet. What people typed is in cells of text, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Cell:
    """Numbers are numbers. All else is text, and stays text when somebody edits the cell."""
    if isinstance(value, int | float | Decimal):
        return WriteOnlyCell(sheet, float(value) if isinstance(value, Decimal) else value)
    text = value.isoformat(" ") if isinstance(value, datetime) else str("" if value is None else value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:CELL_HOLDS])
    cell.data_type, cell.number_format = "s", "@"
    return cell
