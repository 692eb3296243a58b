"""What people typed stays text in their spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lms.core.exports import csv_response, safe_cell, xlsx_response


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("Example AS", "Example AS"),
        ("a=b", "a=b"),
        ("3 - 2", "3 - 2"),
        (-2, "-2"),
        (Decimal("-2.50"), "-2.50"),
        (1.5, "1.5"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1, 12, tzinfo=UTC), "2026-09-01T12:00:00+00:00"),
        ("=1+1", "'=1+1"),
        ("-2+3", "'-2+3"),
        ("+47 22 00 00 00", "'+47 22 00 00 00"),
        ("@handle", "'@handle"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\u200b=1", "'\u200b=1"),
        ('"=1', "'\"=1"),
        (";=1", "';=1"),
        ("a\0b", "ab"),
    ],
)
def test_a_cell(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_no_known_formula_starts_a_cell(inputs: Path) -> None:
    """Whatever a spreadsheet drops in front of it."""
    lines = (inputs / "hostile" / "csv-formula.txt").read_text(encoding="utf-8").replace("\\r", "\r").split("\n")
    harmless = {line for line in lines if line and not safe_cell(line).startswith("'")}
    assert harmless == {"0x=1"}


def read_back(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_a_download_is_read_back_as_it_was() -> None:
    rows = [["Blåbær, AS", 'say "hi"', 3], ["line\nbreak", "=cmd|' /C calc'!A0", None]]
    response = csv_response("companies 2026.csv", ["Name", "Note", "People"], iter(rows))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="companies 2026.csv"'
    assert response["Cache-Control"] == "private, no-store"
    assert read_back(response) == [
        ["Name", "Note", "People"],
        ["Blåbær, AS", 'say "hi"', "3"],
        ["line\nbreak", "'=cmd|' /C calc'!A0", ""],
    ]


def test_rows_are_written_as_they_come() -> None:
    asked = 0

    def rows() -> Any:
        nonlocal asked
        for number in range(1_000):
            asked += 1
            yield [number]

    response = csv_response("n.csv", ["n"], rows())
    parts = iter(response.streaming_content)  # type: ignore[call-overload]
    for _ in range(4):
        next(parts)
    assert asked <= 3


def test_a_workbook_is_read_back_as_it_was_and_nothing_in_it_is_a_formula() -> None:
    said = ["Blåbær, AS", "=1+1", "+47 22", "@x", "a\0b\x07c", "😀", "x" * 40_000, 3, Decimal("2.50"), None]
    response = xlsx_response("people.xlsx", ["=Name()"], iter([said, [date(2026, 9, 1)]]))
    assert response["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    assert response["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    header, first, second = sheet.iter_rows()
    assert [cell.value for cell in first] == [*said[:4], "abc", "😀", "x" * 32_767, 3, 2.5, None]
    assert (header[0].value, second[0].value) == ("=Name()", "2026-09-01")
    assert {cell.data_type for cell in (*header, *first, *second)} <= {"inlineStr", "s", "n"}
    assert {cell.number_format for cell in first[:7]} == {"@"}
