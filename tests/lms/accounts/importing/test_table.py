"""A file becomes rows: every way spreadsheets write one, and everything else that is sent instead."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.accounts.importing.rules.table import MOST_BYTES, MOST_ROWS, Column, Table, read, written

COLUMNS = (Column("name", ("navn",), required=True), Column("organisation_number", ("orgnr",)))
PLAIN = "name,orgnr\nBlåbær & Sønn AS,974760673\n"


def cells(table: Table) -> list[list[str]]:
    assert [str(problem) for problem in table.problems] == []
    return [[row["name"], row["organisation_number"]] for row in table.rows]


def problems(data: bytes | str) -> list[str]:
    table = read(data.encode() if isinstance(data, str) else data, COLUMNS)
    return [str(problem) for problem in table.problems]


# --- Letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_of_spreadsheets_is_read(encoding: str) -> None:
    table = read(PLAIN.encode(encoding), COLUMNS)
    assert cells(table) == [["Blåbær & Sønn AS", "974760673"]]
    assert table.guessed == (encoding == "cp1252"), "only what the file does not say is a guess"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_letters_that_could_be_others_are_refused_and_not_guessed(encoding: str) -> None:
    text = PLAIN if encoding != "cp437" else "name\nBlåbær\n"
    assert problems(text.encode(encoding)) == [
        "It is not certain which letters this file means. Open it, choose “Save as” and “CSV UTF-8”, and send that."
    ]


def test_a_mark_that_lies_is_refused() -> None:
    assert "not certain which letters" in problems(b"\xef\xbb\xbf" + PLAIN.encode("cp1252"))[0]
    assert "not certain which letters" in problems(PLAIN.encode("utf-16")[:-1])[0]


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_told_from_a_csv_file(start: bytes) -> None:
    assert problems(start + bytes(500)) == [
        "This is a workbook, not a CSV file. Open it, choose “Save as”, then “CSV UTF-8”, and send that file."
    ]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,"])
def test_a_file_with_nothing_in_it(data: bytes) -> None:
    assert len(problems(data)) == 1


def test_nothing_but_zeros_is_refused() -> None:
    assert "\0" not in "".join(problems(bytes(300)))
    assert problems(bytes(300))


def test_random_bytes_are_refused_in_words() -> None:
    for seed in range(0, 256, 5):
        data = bytes((seed * 7 + place * place) % 256 for place in range(700))
        assert problems(data), seed


# --- Shape -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(delimiter: str, ends: str) -> None:
    text = ends.join([f"ORGNR{delimiter} Navn ", f'1{delimiter}"A{delimiter} b"', "", f"{delimiter}", f"2{delimiter}B"])
    table = read(text.encode(), COLUMNS)
    assert cells(table) == [[f"A{delimiter} b", "1"], ["B", "2"]]
    assert [row.number for row in table.rows] == [2, 5], "as a spreadsheet counts them"


@pytest.mark.parametrize("first", ["sep=;", "sep=;\r"])
def test_excels_own_first_line_is_no_row(first: str) -> None:
    table = read(f"{first}\nname;orgnr\na,b;1".encode(), COLUMNS)
    assert cells(table) == [["a,b", "1"]]
    assert table.rows[0].number == 2


def test_a_line_break_in_quotes_begins_no_row() -> None:
    table = read(b'name,orgnr\n"A\nb\r\nc",1\n"say ""hi""",2', COLUMNS)
    assert cells(table) == [["A\nb\r\nc", "1"], ['say "hi"', "2"]]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "974 760 673", "1E+08", "007", "\u200b=1"])
def test_whatever_a_cell_looks_like_it_stays_text(cell: str) -> None:
    assert read(f"name\n{cell}".encode(), COLUMNS).rows[0].cells["name"] == cell


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("navn,colour\nx,y", "row 1, colour: “colour” is not a column here. Take it out or rename it. Columns are:"),
        ("orgnr\n1", "row 1, name: The column name is missing. Add it to the first row."),
        ("name,navn\na,b", "row 1, name: Two columns mean name. Take one out."),
        ("name\n", "The file has a header and no rows."),
        ("name\na,b", "row 2: There is text in a cell that has no column: “b”."),
        ("name,\na,\nb,c", "row 3: There is text in a cell that has no column: “c”."),
        ('name\na\n"b\nc', "row 3: This row cannot be read: a quotation mark is opened and not closed"),
        ('name\n"a"b', "row 2: This row cannot be read"),
        ("name,orgnr\n\na\0b,1", "row 3, name: There is an invisible character (NUL)"),
        ("name\n" + "a" * 140_000, "row 2: This row cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(text: str, said: str) -> None:
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_some_other_file_is_not_complained_of_without_end() -> None:
    assert len(problems(",".join(f"column {number}" for number in range(5_000)))) < 25


# --- Size ------------------------------------------------------------------------------------------------------------


def test_five_thousand_rows_are_read_and_one_more_is_refused() -> None:
    text = "name\n" + "A\n" * MOST_ROWS
    assert len(read(text.encode(), COLUMNS).rows) == MOST_ROWS
    assert problems(text + "A") == ["The file has more than 5,000 rows. Divide it and send the parts one by one."]
    assert problems("name\n" + "A\n" * 20_000) == problems(text + "A")


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert problems(b"name\n" + b"A" * MOST_BYTES) == [
        "The file is larger than 2 MB. Divide it and send the parts one by one."
    ]


LARGEST = MOST_BYTES - 10
SLOW: list[Any] = [
    b"," * LARGEST,
    b'"' * LARGEST,
    b"name\n" + b"\n" * (LARGEST - 10),
    b"name" + b",name" * (LARGEST // 5 - 10),
    b"name\na" + b"," * (LARGEST - 10),
    b"name\n" + b'"a\n' * (LARGEST // 3 - 10),
    b"a;" * (LARGEST // 2),
]


@pytest.mark.parametrize("data", SLOW, ids=range(len(SLOW)))
def test_no_file_of_the_largest_size_takes_long(data: bytes) -> None:
    began = time.process_time()
    read(data, COLUMNS)
    assert time.process_time() - began < 8


# --- There and back --------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
SAID = TEXT.filter(lambda text: bool(text.strip()))


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(SAID, TEXT), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_back(rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    text = written(["name", "organisation_number"], rows, delimiter)
    table = read(text.encode(encoding), COLUMNS)
    assert table.problems == ()
    assert [(row.cells["name"], row.cells["organisation_number"]) for row in table.rows] == rows
